/**
 * Escapes a text, so that a service shows every character of the text. Names come from panels and consoles, and must not
 * format a message, hide an address behind other words, or mention people.
 */

/** Draws nothing. After a sign that begins a mention, the service finds none. */
const wordJoiner = '\u2060';

/** `<` begins Discord's mentions, emoji and times. */
function withoutMentions(text: string): string {
  return text.replace(/[@<]/g, `$&${wordJoiner}`);
}

/** Markdown of Discord and Mattermost: each sign with a meaning gets a backslash. */
export function inMarkdown(text: string): string {
  return withoutMentions(text.replace(/[\\`*_{}[\]()#+\-.!|>~]/g, '\\$&'));
}

/** HTML of Telegram. */
export function inHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replaceAll('@', `@${wordJoiner}`);
}

/** Names and sentences from a panel are hostile; this is what of them may be shown outside our own windows. */

/** Control characters, and characters that hide or turn the text around them. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** One line, nothing hidden, at most `most` characters. */
export function plainLine(text: string, most: number): string {
  const line = text.replace(unseen, ' ').replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= most
    ? line
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

/** As text of a menu entry, where a single `&` would mark an access key. */
export function menuText(text: string, most = 60): string {
  return plainLine(text, most).replaceAll('&', '&&');
}

/** As body of a notification, where Linux's daemons read markup. */
export function withoutMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

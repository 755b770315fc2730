/** Makes hostile names and texts from outside safe for sentences, menus, notifications and the log. */

// eslint-disable-next-line no-control-regex -- escape sequences of terminals
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]P^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
/**
 * Invisible format characters that hide or reverse text, and halves of characters, which no address can encode.
 * The joiners U+200C and U+200D stay: many scripts and emoji need them.
 */
const unseen = /(?![\u200c\u200d])[\p{Cf}\p{Cs}]/gu;
const control = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const gaps = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** Any visible character. Excludes gaps, combining marks without a letter, and letters that are drawn as nothing. */
const seen = /[^\s\p{C}\p{M}\p{Z}\u115f\u1160\u2800\u3164\uffa0]|\p{Co}/u;

/**
 * The text as one line of at most `max` characters, without escape sequences and hidden characters.
 * Empty if no character is visible.
 */
export function oneLine(text: string, max: number): string {
  const bounded = text.length > max * 4 ? text.slice(0, max * 4) : text;
  const line = bounded
    .replace(escapes, '')
    .replace(unseen, '')
    .replace(gaps, (gap) => (control.test(gap) ? ' ' : gap))
    .trim();
  if (!seen.test(line)) return '';
  const characters = [...line];
  if (characters.length <= max) return line;
  return `${characters
    .slice(0, max - 1)
    .join('')
    .trimEnd()}…`;
}

/** The text without the escape sequences of terminals, such as colours. */
export function withoutEscapes(text: string): string {
  return text.replace(escapes, '');
}

/** The text of a log with its lines, without escape sequences, other control characters and hidden characters. */
export function plainLog(text: string): string {
  return text
    .replace(escapes, '')
    .replace(/\r+\n?/g, '\n')
    .replace(/(?![\t\n])[\p{Cc}\p{Cf}]/gu, '');
}

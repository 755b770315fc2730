/** Names and sentences from outside are hostile: this makes them fit for a sentence, a menu, a notification, the log. */

// eslint-disable-next-line no-control-regex -- escape sequences of terminals
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]P^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
/** What hides or turns the text around it; but not what joins characters, which many scripts and pictures need. */
const unseen = /(?![\u200c\u200d])\p{Cf}/gu;
const control = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const gaps = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** Anything that a person sees: not gaps, marks without a letter, nor the letters of some scripts that are drawn as nothing. */
const seen = /[^\s\p{C}\p{M}\p{Z}\u115f\u1160\u2800\u3164\uffa0]|\p{Co}/u;

/** One line: no escape sequences, nothing hidden, at most `max` characters; empty where nothing of it can be seen. */
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

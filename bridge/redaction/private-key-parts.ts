/**
 * Finds private keys in one line, as in JSON, also keys that a limit of lines or files has cut. Pure.
 *
 * A key without its beginning is recognised by the mark at its end. A key without both is recognised by its lines of
 * 64 characters, which JSON joins with `\n`.
 */
import type { Range } from './secret-texts.js';

const whole =
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:(?!-----END).){0,8000}(?:-----END [A-Z ]{0,30}-----)?/g;
const end = /-----END [A-Z ]{0,30}PRIVATE KEY-----/g;
const middle =
  /(?:[A-Za-z\d+/]{1,64}(?:\\{1,2}r)?\\{1,2}n)?(?:[A-Za-z\d+/]{64}(?:\\{1,2}r)?\\{1,2}n){2,}[A-Za-z\d+/=]{0,64}/g;
const base64 = /[A-Za-z\d+/=]/;
/** Shorter words are no line of a key, except the last line and a line that the limit has cut. */
const shortestLine = 40;

/** Private keys of a line, whole or in part. */
export function privateKeyPartsIn(line: string): Range[] {
  const found = [...line.matchAll(whole), ...line.matchAll(middle)].map(({ index, 0: text }) => ({
    from: index,
    to: index + text.length,
  }));
  const rests = [...line.matchAll(end)].map(({ index }) => ({ from: restStart(line, index), to: index }));
  return [...found, ...rests];
}

/** Where the lines of a key begin that end at `to`, joined by `\n` or by spaces. */
function restStart(line: string, to: number): number {
  let from = to;
  for (;;) {
    const wordEnd = separatorStart(line, from);
    const start = wordStart(line, wordEnd);
    const isLine = from === to || start === 0 || wordEnd - start >= shortestLine;
    if (start === wordEnd || !isLine) return from;
    from = start;
  }
}

/** Steps back over spaces and over `\n`, `\r` as JSON and JSON inside of JSON write them. */
function separatorStart(line: string, from: number): number {
  let at = from;
  for (;;) {
    if (/\s/.test(line.charAt(at - 1))) at -= 1;
    else if (/[nr]/.test(line.charAt(at - 1)) && line.charAt(at - 2) === '\\') at -= 2;
    else if (at < from && line.charAt(at - 1) === '\\') at -= 1;
    else return at;
  }
}

/** Steps back over Base64; the letter behind a backslash is an escape. */
function wordStart(line: string, from: number): number {
  let at = from;
  while (at > 0 && base64.test(line.charAt(at - 1))) at -= 1;
  return at > 0 && at < from && line.charAt(at - 1) === '\\' ? at + 1 : at;
}

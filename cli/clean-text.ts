import { stripVTControlCharacters } from 'node:util';

/** Control characters except tab and line feed, and marks that reverse the text direction. */
// eslint-disable-next-line no-control-regex -- the pattern removes control characters
const harmful = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f]/g;

/** Console lines that are safe for a terminal: no output of a game can control it. */
export function cleanLines(text: string): string[] {
  return text
    .split(/\r\n|\n/)
    .map((line) => stripVTControlCharacters(lastDrawn(line)).replaceAll(harmful, ''));
}

/** Characters that JSON leaves unescaped and that a terminal would obey, or that reverse the text direction. */
const harmfulInJson = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A value as JSON that is safe for a terminal. It parses to the same value. */
export function cleanJson(value: unknown): string {
  const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replaceAll(harmfulInJson, escaped);
}

/** The final text of a line that carriage returns overwrote, as in progress bars. */
function lastDrawn(line: string): string {
  const parts = line.split('\r').filter((part) => part !== '');
  return parts.at(-1) ?? '';
}

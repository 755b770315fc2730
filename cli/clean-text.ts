import { stripVTControlCharacters } from 'node:util';

/** What moves the cursor, rings, hides or turns text around it; not the tab. */
// eslint-disable-next-line no-control-regex -- these are what is taken out
const harmful = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f]/g;

/** Lines of a console as a terminal may show them: whatever a game printed, nothing of it is a command to the terminal. */
export function cleanLines(text: string): string[] {
  return text
    .split(/\r\n|\n/)
    .map((line) => stripVTControlCharacters(lastDrawn(line)).replaceAll(harmful, ''));
}

/** What JSON leaves as it is, and a terminal takes for commands or turns text around with. */
const harmfulInJson = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A value as JSON that a terminal may show; for whoever parses it, it is the same. */
export function cleanJson(value: unknown): string {
  const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replaceAll(harmfulInJson, escaped);
}

/** A line that was drawn over with carriage returns, as progress bars do, is what stood there in the end. */
function lastDrawn(line: string): string {
  const parts = line.split('\r').filter((part) => part !== '');
  return parts.at(-1) ?? '';
}

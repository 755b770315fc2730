import { oneLine } from '../../bridge/console/plain-line.js';

const mostLines = 60;
const mostInALine = 400;
/** Limit of the notes, in characters. Notes are hostile text. */
const mostCharacters = 20_000;

/** Release notes as plain lines for a window: without Markdown marks, limited in lines and characters. */
export function plainNotes(notes: string): string {
  const lines = unwrapped(notes.slice(0, mostCharacters).split(/\r\n|[\n\r\u2028\u2029]/)).map((line) =>
    oneLine(withoutMarks(line), mostInALine),
  );
  const kept = lines.filter((line, index) => line !== '' || lines[index - 1] !== '');
  const shown = kept.slice(0, mostLines).join('\n').trim();
  return kept.length > mostLines ? `${shown}\n…` : shown;
}

/** Joins an indented continuation line to the list item above. The window wraps lines itself. */
function unwrapped(lines: readonly string[]): string[] {
  const whole: string[] = [];
  for (const line of lines) {
    const last = whole.at(-1) ?? '';
    const goesOn = last.trim() !== '' && /^\s+\S/.test(line) && !/^\s*(?:[*+-]|\d+\.)\s/.test(line);
    if (goesOn) whole[whole.length - 1] = `${last} ${line.trim()}`;
    else whole.push(line);
  }
  return whole;
}

function withoutMarks(line: string): string {
  return line
    .replace(/^\s*#{1,6}\s+/, '')
    .replace(/^(\s*)[*+-]\s+/, '$1• ')
    .replaceAll(/\*\*|`/g, '');
}

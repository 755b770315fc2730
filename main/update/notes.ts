import { oneLine } from '../../bridge/plain-line.js';

const mostLines = 60;
const mostInALine = 400;
/** What is read of hostile text at all. */
const mostCharacters = 20_000;

/** The notes of a version as a window may show them: lines of plain text, without marks of Markdown that are no words. */
export function plainNotes(notes: string): string {
  const lines = notes
    .slice(0, mostCharacters)
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => oneLine(withoutMarks(line), mostInALine));
  const kept = lines.filter((line, index) => line !== '' || lines[index - 1] !== '');
  const shown = kept.slice(0, mostLines).join('\n').trim();
  return kept.length > mostLines ? `${shown}\n…` : shown;
}

function withoutMarks(line: string): string {
  return line
    .replace(/^\s*#{1,6}\s+/, '')
    .replace(/^(\s*)[*+-]\s+/, '$1• ')
    .replaceAll(/\*\*|`/g, '');
}

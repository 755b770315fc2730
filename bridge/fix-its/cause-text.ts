/**
 * Texts of known causes: literals with at most one capture `{}` and any number of gaps `…`.
 * A search takes one pass for each literal, whatever the line holds.
 */

interface Piece {
  readonly before: string;
  /** null = no capture; empty = the rest of the line. */
  readonly after: string | null;
}

export type CauseText = readonly Piece[];

const capture = '{}';

/** Longest captured text in characters. Longer text belongs to something else than the line of this cause. */
const longest = 200;

export function causeText(text: string): CauseText {
  return text.split('…').map((part) => {
    const at = part.indexOf(capture);
    if (at < 0) return { before: part, after: null };
    return { before: part.slice(0, at), after: part.slice(at + capture.length) };
  });
}

/** The longest literal of the text, which every matching line contains. */
export function longestLiteral(text: string): string {
  const literals = text.split('…').flatMap((part) => part.split(capture));
  return literals.reduce((found, each) => (each.length > found.length ? each : found), '');
}

/**
 * The captured part of a line; empty if the text captures nothing, null if the line does not match.
 * `lower` = the line in lower case, of the same length.
 */
export function matchCause(text: CauseText, line: string, lower: string): string | null {
  let about = '';
  let at = 0;
  for (const { before, after } of text) {
    const start = before === '' ? at : lower.indexOf(before, at);
    if (start < 0) return null;
    at = start + before.length;
    if (after === null) continue;
    const end = after === '' ? line.length : lower.indexOf(after, at);
    if (end < 0) return null;
    const whole = line.slice(at, end).trim();
    // Without a text before it, the captured thing is the last word: "version 1.2 or later of fabric-api".
    about = before === '' ? lastWord(whole) : whole;
    if (about === '' || about.length > longest) return null;
    at = end + after.length;
  }
  return about;
}

function lastWord(text: string): string {
  return text.slice(text.lastIndexOf(' ') + 1).replace(/^\(|\)$/g, '');
}

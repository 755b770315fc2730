/** Whether a line of the console has a text of a rule (RULES "Lines"). Pure, for windows as well. */

/** Only the first characters of a line are searched. */
const looksThrough = 2000;

/**
 * True if the line contains the text; each `*` of the text stands for any characters. One search for each part of the
 * text, so no line and no text can make this slow.
 */
export function lineMatches(text: string, line: string): boolean {
  const bounded = line.slice(0, looksThrough);
  let at = 0;
  for (const part of text.split('*')) {
    const found = bounded.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}

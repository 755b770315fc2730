/** Splits a paste into commands, or joins its lines into one command. */

/** Lines to send: without line ends and blank lines. */
export function pastedLines(text: string): string[] {
  return text.split(/\r\n|\r|\n|\u2028|\u2029/).filter((line) => line.trim() !== '');
}

/** Joins the lines for a user who meant one command. */
export function asOneLine(lines: readonly string[]): string {
  return lines.map((line) => line.trim()).join(' ');
}

/** Bytes that a program reads of one line (PROTOCOL 4.4). The rest is lost, although the echo shows it. */
export const longestLine = 4095;

export function isCommandTooLong(command: string): boolean {
  return command.length > longestLine || new TextEncoder().encode(command).length > longestLine;
}

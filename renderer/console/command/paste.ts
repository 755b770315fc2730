/** What a paste of several lines holds, and how it becomes one. */

/** The lines that would be sent: without line ends, blank ones dropped. */
export function pastedLines(text: string): string[] {
  return text.split(/\r\n|\r|\n|\u2028|\u2029/).filter((line) => line.trim() !== '');
}

/** For someone who meant one command. */
export function asOneLine(lines: readonly string[]): string {
  return lines.map((line) => line.trim()).join(' ');
}

/** A program reads at most this much of a line; the rest is lost although the echo shows it (PROTOCOL 4.4). */
export const longestLine = 4095;

export function isTooLong(command: string): boolean {
  return command.length > longestLine || new TextEncoder().encode(command).length > longestLine;
}

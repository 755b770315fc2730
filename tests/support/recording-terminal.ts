import type { Terminal } from '../../cli/terminal.js';

/**
 * A terminal that keeps what a command prints. `typed` = the line that the user types; null = no user at the terminal.
 * `both` = output and errors together, in the order
 * in which they came.
 */
export function recordingTerminal(
  typed: string | null = null,
  traits: Partial<Pick<Terminal, 'isShown' | 'hasColours'>> = {},
): {
  readonly terminal: Terminal;
  out(): string;
  err(): string;
  both(): string;
} {
  const [out, err, both]: [string[], string[], string[]] = [[], [], []];
  const keep = (text: string, where: string[]): void => {
    where.push(text);
    both.push(text);
  };
  const terminal: Terminal = {
    out: (text) => keep(text, out),
    err: (text) => keep(text, err),
    readLine: () => typed ?? '',
    readAll: () => '',
    isShown: false,
    canAsk: typed !== null,
    hasColours: false,
    ...traits,
  };
  return { terminal, out: () => out.join(''), err: () => err.join(''), both: () => both.join('') };
}

import type { Terminal } from '../../cli/terminal.js';

/** A terminal that keeps what a command prints. `typed` = the line that the user types; null = nobody can be asked. */
export function recordingTerminal(typed: string | null = null): {
  readonly terminal: Terminal;
  out(): string;
  err(): string;
} {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    readLine: () => typed ?? '',
    readAll: () => '',
    isShown: false,
    canAsk: typed !== null,
    hasColours: false,
  };
  return { terminal, out: () => out.join(''), err: () => err.join('') };
}

/** Draws console lines on an xterm terminal. */
import type { Terminal } from '@xterm/xterm';
import type { ConsoleLine } from '../../bridge/domain.js';
import type { ConsoleScreen } from '../state/console-feed.svelte.js';
import { sanitizeConsoleText } from './sanitize.js';

const newline = '\r\n';

export class TerminalScreen implements ConsoleScreen {
  readonly #terminal: Pick<Terminal, 'write' | 'reset'>;
  #empty = true;

  constructor(terminal: Pick<Terminal, 'write' | 'reset'>) {
    this.#terminal = terminal;
  }

  clear(): void {
    // In the order of what was written: an earlier line may still wait to be drawn.
    this.#terminal.write('', () => this.#terminal.reset());
    this.#empty = true;
  }

  write(lines: readonly ConsoleLine[], skipped: number, drawn: () => void): void {
    const texts = lines.map((line) => sanitizeConsoleText(line.text));
    if (skipped > 0) texts.unshift(skippedLine(skipped));
    // The newline goes before each line, so the last one shows no empty line below it.
    const text = (this.#empty ? '' : newline) + texts.join(newline);
    this.#empty = false;
    this.#terminal.write(text, drawn);
  }
}

function skippedLine(count: number): string {
  const what = count === 1 ? '1 line was' : `${count} lines were`;
  return `\u001b[2m--- ${what} skipped: the server printed faster than it could be shown ---\u001b[0m`;
}

/** Draws console lines on an xterm terminal. */
import type { Terminal } from '@xterm/xterm';
import type { ConsoleLine } from '../../../bridge/schema/console-line.js';
import { say } from '../../../messages/messages.js';
import type { ConsoleScreen } from '../feed/console-feed.svelte.js';
import { sanitizeConsoleText } from './sanitize.js';
import { stampOf, withStamp } from './timestamps.js';

const newline = '\r\n';
// eslint-disable-next-line no-control-regex -- sequences kept by the sanitizer, and those of timestamps
const sequences = /\u001b(?:[78]|\[[\d;:]*[A-Za-z@])/g;

/** Listener for changes of the screen. */
export interface ScreenListener {
  /** Number of lines just drawn; one event may hold several. */
  drawn(lines: number): void;
  /** Approximate length of the longest line so far, in characters. */
  longest(characters: number): void;
  /** The screen is empty. */
  cleared(): void;
}

export class TerminalScreen implements ConsoleScreen {
  /** True if each line written from now on gets a time in front. */
  timestamps = false;
  #empty = true;
  #longest = 0;

  /** `wallOf` converts a line's monotonic time to wall-clock time. */
  constructor(
    private readonly terminal: Pick<Terminal, 'write' | 'reset'>,
    private readonly wallOf: (at: number) => number,
    private readonly listener: ScreenListener | null = null,
  ) {}

  clear(): void {
    // Queued behind earlier writes that are still to be drawn.
    this.terminal.write('', () => {
      this.terminal.reset();
      this.listener?.cleared();
    });
    this.#empty = true;
    this.#longest = 0;
  }

  write(lines: readonly ConsoleLine[], skipped: number, drawn: () => void): void {
    const texts = lines.map((line) => this.#textOf(line));
    if (skipped > 0) texts.unshift(skippedLine(skipped));
    // The newline comes before each line, so no empty row follows the last line.
    const text = (this.#empty ? '' : newline) + texts.join(newline);
    this.#empty = false;
    const count = this.listener === null ? 0 : this.#measure(texts);
    const longest = this.#longest;
    this.terminal.write(text, () => {
      this.listener?.drawn(count);
      this.listener?.longest(longest);
      drawn();
    });
  }

  #textOf({ at, source, text: raw }: ConsoleLine): string {
    const text = sanitizeConsoleText(raw).replace(/\r*\n/g, newline);
    return this.timestamps ? withStamp(text, stampOf({ at: this.wallOf(at), source })) : text;
  }

  /** Counts lines and tracks the longest. */
  #measure(texts: readonly string[]): number {
    let count = 0;
    for (const text of texts) {
      for (const line of text.replace(sequences, '').split(newline)) {
        count += 1;
        this.#longest = Math.max(this.#longest, line.length);
      }
    }
    return count;
  }
}

function skippedLine(count: number): string {
  return `\u001b[2m--- ${say('console.skipped', { count })} ---\u001b[0m`;
}

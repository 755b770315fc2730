/** Draws console lines on an xterm terminal. */
import type { Terminal } from '@xterm/xterm';
import type { ConsoleLine } from '../../../bridge/schema/domain.js';
import { say } from '../../../messages/messages.js';
import type { ConsoleScreen } from '../feed/console-feed.svelte.js';
import { sanitizeConsoleText } from './sanitize.js';
import { stampOf, withStamp } from './timestamps.js';

const newline = '\r\n';
// eslint-disable-next-line no-control-regex -- the sequences that sanitizing leaves, and those around a stamp.
const sequences = /\u001b(?:[78]|\[[\d;:]*[A-Za-z@])/g;

/** What a view wants to know of what is drawn. */
export interface ScreenListener {
  /** This many more lines are in the terminal; an event may hold several. */
  drawn(lines: number): void;
  /** The longest line so far, in characters, about. */
  longest(characters: number): void;
  /** Nothing from before is left. */
  cleared(): void;
}

export class TerminalScreen implements ConsoleScreen {
  /** A time in front of each line that is written from now on. */
  timestamps = false;
  readonly #terminal: Pick<Terminal, 'write' | 'reset'>;
  readonly #listener: ScreenListener | null;
  readonly #wallOf: (at: number) => number;
  #empty = true;
  #longest = 0;

  /** `wallOf` = what the system's clock calls the moment of a line. */
  constructor(
    terminal: Pick<Terminal, 'write' | 'reset'>,
    wallOf: (at: number) => number,
    listener: ScreenListener | null = null,
  ) {
    this.#terminal = terminal;
    this.#wallOf = wallOf;
    this.#listener = listener;
  }

  clear(): void {
    // In the order of writing: an earlier line may still be waiting to be drawn.
    this.#terminal.write('', () => {
      this.#terminal.reset();
      this.#listener?.cleared();
    });
    this.#empty = true;
    this.#longest = 0;
  }

  write(lines: readonly ConsoleLine[], skipped: number, drawn: () => void): void {
    const texts = lines.map((line) => this.#textOf(line));
    if (skipped > 0) texts.unshift(skippedLine(skipped));
    // The newline goes before each line, so the last one shows no empty line below it.
    const text = (this.#empty ? '' : newline) + texts.join(newline);
    this.#empty = false;
    const count = this.#listener === null ? 0 : this.#measure(texts);
    const longest = this.#longest;
    this.#terminal.write(text, () => {
      this.#listener?.drawn(count);
      this.#listener?.longest(longest);
      drawn();
    });
  }

  #textOf({ at, source, text: raw }: ConsoleLine): string {
    const text = sanitizeConsoleText(raw).replace(/\r*\n/g, newline);
    return this.timestamps ? withStamp(text, stampOf({ at: this.#wallOf(at), source })) : text;
  }

  /** Counts the lines and looks for the longest. */
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

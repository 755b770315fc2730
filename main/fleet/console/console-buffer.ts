import type { ConsoleLine } from '../../../bridge/schema/console-line.js';
import { cutText } from '../../wings/cut-text.js';

/** A line from a session, before it has a number. */
export type ArrivingLine = Omit<ConsoleLine, 'seq'>;

export interface BufferBounds {
  readonly lines: number;
  readonly characters: number;
}

/** Longest line in characters. Wings splits at 64 KiB (PROTOCOL 4.12), so longer lines are cut. */
const longestLine = 131_072;
/** The front of the array is removed in blocks of this many lines, to avoid a copy per line. */
const cutEvery = 1000;
/** Placeholder for a removed line, which frees the line's text before the block is removed. */
const released: ConsoleLine = { seq: -1, at: 0, source: 'server', text: '' };

/** The last lines of one console, bounded by count and characters. The oldest lines go first. */
export class ConsoleBuffer {
  #lines: ConsoleLine[] = [];
  #first = 0;
  #characters = 0;
  #seq = 0;

  constructor(private bounds: BufferBounds) {}

  get lines(): readonly ConsoleLine[] {
    return this.#lines.slice(this.#first);
  }

  get size(): number {
    return this.#lines.length - this.#first;
  }

  /** Numbers and stores the lines. Returns the stored lines. */
  push(arriving: readonly ArrivingLine[]): ConsoleLine[] {
    const lines = arriving.map(({ at, source, text }) => ({
      seq: this.#seq++,
      at,
      source,
      text: cutText(text, longestLine),
    }));
    for (const line of lines) {
      this.#lines.push(line);
      this.#characters += line.text.length;
    }
    this.#trim();
    return lines;
  }

  bound(bounds: BufferBounds): void {
    this.bounds = bounds;
    this.#trim();
  }

  /** Removes all lines. The numbering continues. */
  clear(): void {
    this.#lines = [];
    this.#first = 0;
    this.#characters = 0;
  }

  #trim(): void {
    const { lines, characters } = this.bounds;
    while (this.size > lines || this.#characters > characters) {
      this.#characters -= this.#lines[this.#first]?.text.length ?? 0;
      this.#lines[this.#first] = released;
      this.#first += 1;
    }
    if (this.#first < cutEvery) return;
    this.#lines = this.#lines.slice(this.#first);
    this.#first = 0;
  }
}

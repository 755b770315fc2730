import type { ConsoleLine } from '../../../bridge/schema/domain.js';
import { cutText } from '../../wings/cut-text.js';

/** A line as it comes from a session, before it has its number. */
export type ArrivingLine = Omit<ConsoleLine, 'seq'>;

export interface BufferBounds {
  readonly lines: number;
  readonly characters: number;
}

/** Wings splits at 64 KiB (PROTOCOL 4.12); what is longer did not come from it as it should. */
const longestLine = 131_072;
/** The front of the array is cut away in blocks of this many lines, so that a line costs no copy of all. */
const cutEvery = 1000;
/** Takes the place of a line until the front is cut away, so that its text can be freed at once. */
const released: ConsoleLine = { seq: -1, at: 0, source: 'server', text: '' };

/** The last lines of one console, bounded by number and by size; the oldest go first. */
export class ConsoleBuffer {
  #lines: ConsoleLine[] = [];
  #first = 0;
  #characters = 0;
  #seq = 0;
  #bounds: BufferBounds;

  constructor(bounds: BufferBounds) {
    this.#bounds = bounds;
  }

  get lines(): readonly ConsoleLine[] {
    return this.#lines.slice(this.#first);
  }

  get size(): number {
    return this.#lines.length - this.#first;
  }

  /** Numbers the lines, keeps them, and returns them as they are kept. */
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
    this.#bounds = bounds;
    this.#trim();
  }

  /** Forgets the lines; numbers go on. */
  clear(): void {
    this.#lines = [];
    this.#first = 0;
    this.#characters = 0;
  }

  #trim(): void {
    const { lines, characters } = this.#bounds;
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

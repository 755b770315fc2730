import type { Random } from '../base/ports.js';

const shortestMs = 1000;
const longestMs = 60_000;

/** Waiting times between attempts: at random between 1 s and a ceiling that doubles from 2 s to 60 s. */
export class Backoff {
  #attempt = 0;
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Milliseconds to wait before the next attempt. */
  next(): number {
    const ceiling = Math.min(longestMs, shortestMs * 2 ** (this.#attempt + 1));
    this.#attempt = Math.min(this.#attempt + 1, 10);
    return Math.round(shortestMs + this.#random() * (ceiling - shortestMs));
  }

  reset(): void {
    this.#attempt = 0;
  }
}

import type { Random } from './ports.js';

export interface BackOffDeps {
  readonly firstMs: number;
  readonly longestMs: number;
  /** Varies a pause at random, so that many that failed together do not ask again together. */
  readonly spread?: (wholeMs: number) => number;
}

/** Pauses after failures in a row: each twice as long as the one before, up to the longest. */
export class BackOff {
  readonly #deps: BackOffDeps;
  #failures = 0;

  constructor(deps: BackOffDeps) {
    this.#deps = deps;
  }

  /** In a row, so far. */
  get failures(): number {
    return this.#failures;
  }

  /** One more failure: milliseconds to wait before the next attempt. */
  next(): number {
    const { firstMs, longestMs, spread } = this.#deps;
    // Beyond 2^20 every pause is the longest, and the number would grow for ever.
    const whole = Math.min(longestMs, firstMs * 2 ** Math.min(this.#failures, 20));
    this.#failures += 1;
    return Math.round(spread === undefined ? whole : spread(whole));
  }

  reset(): void {
    this.#failures = 0;
  }
}

/** Any time from `leastMs` up to the whole. */
export function from(leastMs: number, random: Random): (wholeMs: number) => number {
  return (wholeMs) => leastMs + random() * (wholeMs - leastMs);
}

/** Up to half less. */
export function upToHalfLess(random: Random): (wholeMs: number) => number {
  return (wholeMs) => wholeMs * (1 - random() / 2);
}

/** The same time, up to a tenth earlier or later. */
export function jittered(ms: number, random: Random): number {
  return Math.round(ms * (0.9 + random() * 0.2));
}

import type { Random } from './ports.js';

export interface BackOffDeps {
  readonly firstMs: number;
  readonly longestMs: number;
  /** Varies a pause at random, so that clients that failed together do not retry together. */
  readonly spread?: (wholeMs: number) => number;
}

/** Pauses after consecutive failures. Each is twice as long as the one before, up to `longestMs`. */
export class BackOff {
  #failures = 0;

  constructor(private readonly deps: BackOffDeps) {}

  /** Number of consecutive failures. */
  get failures(): number {
    return this.#failures;
  }

  /** Notes a failure and returns the pause before the next attempt in ms. */
  next(): number {
    const { firstMs, longestMs, spread } = this.deps;
    // Larger exponents make no difference, because every pause is the longest by then.
    const whole = Math.min(longestMs, firstMs * 2 ** Math.min(this.#failures, 20));
    this.#failures += 1;
    return Math.round(spread === undefined ? whole : spread(whole));
  }

  reset(): void {
    this.#failures = 0;
  }
}

/** A random time from `leastMs` to the whole. */
export function from(leastMs: number, random: Random): (wholeMs: number) => number {
  return (wholeMs) => leastMs + random() * (wholeMs - leastMs);
}

/** A random time from half of the whole to the whole. */
export function upToHalfLess(random: Random): (wholeMs: number) => number {
  return (wholeMs) => wholeMs * (1 - random() / 2);
}

/** The time, varied by up to a tenth in both directions. */
export function jittered(ms: number, random: Random): number {
  return Math.round(ms * (0.9 + random() * 0.2));
}

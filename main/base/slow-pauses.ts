import type { Clock, Random } from './ports.js';

const shortestMs = 60_000;
/** With its spread still below two minutes: a fault that was short is over by then. */
const longestMs = 100_000;
/** Who has failed for this long is asked less often. */
const longFaultMs = 30 * 60_000;
const longestOfLongFaultMs = 5 * 60_000;
/** Upwards only: nothing comes more often than once a minute. */
const spread = 0.1;

/**
 * Pauses before the next attempt at what looks final: a refused key, a missing permission, a locked keychain. A minute
 * at first, a tenth of the time that it has failed later on (ARCHITECTURE "Coming back").
 */
export class SlowPauses {
  readonly #clock: Clock;
  readonly #random: Random;
  #failures = 0;
  #since = 0;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** In a row, so far. */
  get failures(): number {
    return this.#failures;
  }

  /** One more failure: milliseconds to wait before the next attempt. */
  next(): number {
    const now = this.#clock.now();
    if (this.#failures === 0) this.#since = now;
    this.#failures += 1;
    const age = now - this.#since;
    const longest = age < longFaultMs ? longestMs : longestOfLongFaultMs;
    const whole = Math.min(longest, Math.max(shortestMs, age / 10));
    return Math.round(whole * (1 + this.#random() * spread));
  }

  reset(): void {
    this.#failures = 0;
  }
}

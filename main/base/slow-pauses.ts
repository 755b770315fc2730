import type { Clock, Random } from './ports.js';

const shortestMs = 60_000;
/** Below two minutes even with the spread, so that the end of a short fault is noticed soon. */
const longestMs = 100_000;
/** After this time of failure, pauses may become longer. */
const longFaultMs = 30 * 60_000;
const longestOfLongFaultMs = 5 * 60_000;
/** Only lengthens a pause, so that attempts are at least a minute apart. */
const spread = 0.1;

/**
 * Pauses between attempts at seemingly final failures: a refused key, a missing permission, a locked keychain.
 * A pause is a minute at first, later a tenth of the time since the first failure (RETRIES "Retry table").
 */
export class SlowPauses {
  #failures = 0;
  #since = 0;

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Number of consecutive failures. */
  get failures(): number {
    return this.#failures;
  }

  /** Notes a failure and returns the pause before the next attempt in ms. */
  next(): number {
    const now = this.clock.now();
    if (this.#failures === 0) this.#since = now;
    this.#failures += 1;
    const age = now - this.#since;
    const longest = age < longFaultMs ? longestMs : longestOfLongFaultMs;
    const whole = Math.min(longest, Math.max(shortestMs, age / 10));
    return Math.round(whole * (1 + this.random() * spread));
  }

  reset(): void {
    this.#failures = 0;
  }
}

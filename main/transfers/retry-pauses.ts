import { BackOff, upToHalfLess } from '../base/back-off.js';
import type { Clock, Random } from '../base/ports.js';
import type { TransferFailure } from './transfer-failures.js';

const firstPauseMs = 2000;
const longestPauseMs = 100_000;
const slowPauseMs = 300_000;

/** Pauses between the attempts of each transfer (RETRIES "Transfers"). */
export class RetryPauses {
  readonly #growing = new Map<string, BackOff>();

  constructor(private readonly deps: { readonly clock: Pick<Clock, 'now'>; readonly random: Random }) {}

  /** Monotonic time of the next attempt after a failure. */
  retryAt(id: string, { retry }: TransferFailure): number {
    const now = this.deps.clock.now();
    if (typeof retry === 'object') return Math.max(now, retry.at);
    return now + (retry === 'slow' ? slowPauseMs : this.#pausesOf(id).next());
  }

  /** The next failure counts as the first again. */
  forget(id: string): void {
    this.#growing.delete(id);
  }

  forgetAll(): void {
    this.#growing.clear();
  }

  #pausesOf(id: string): BackOff {
    const spread = upToHalfLess(this.deps.random);
    const pauses =
      this.#growing.get(id) ?? new BackOff({ firstMs: firstPauseMs, longestMs: longestPauseMs, spread });
    this.#growing.set(id, pauses);
    return pauses;
  }
}

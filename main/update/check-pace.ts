import { Alarm } from '../base/alarm.js';
import { BackOff, from, jittered } from '../base/back-off.js';
import type { Clock, Random } from '../base/ports.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/**
 * Shortest time in ms from the start of Perch to its first check at the feed, so that the check does not slow the start.
 */
const soonestMs = 3 * minuteMs;
const startWithinMs = 10 * minuteMs;
/** Pause after the first failure, in ms. The pause doubles with each failure, up to a day. */
const againMs = 60 * minuteMs;

/** Times of the automatic check at the feed: about once a day, and sooner after a failure. */
export class CheckPace {
  readonly #next: Alarm;
  readonly #failures: BackOff;

  constructor(private readonly deps: { clock: Clock; random: Random; check: () => void }) {
    const { clock, random } = deps;
    this.#next = new Alarm(clock);
    this.#failures = new BackOff({ firstMs: againMs, longestMs: dayMs, spread: from(againMs / 2, random) });
  }

  /**
   * Sets the first check of this run: a day after the last check, and at least a few minutes after the start. `checkedAt`
   * = wall-clock time of the last check, ms since the epoch; null = never.
   */
  first(checkedAt: number | null): void {
    const first = soonestMs + this.deps.random() * (startWithinMs - soonestMs);
    // If the clock was set back, `checkedAt` may lie years in the future.
    const since = checkedAt === null ? dayMs : Math.max(0, this.deps.clock.wall() - checkedAt);
    this.#next.set(Math.max(first, jittered(dayMs, this.deps.random) - since), this.deps.check);
  }

  /** Sets the next daily check. */
  daily(): void {
    this.#next.set(jittered(dayMs, this.deps.random), this.deps.check);
  }

  succeeded(): void {
    this.#failures.reset();
    this.daily();
  }

  failed(): void {
    this.#next.set(this.#failures.next(), this.deps.check);
  }

  clear(): void {
    this.#next.clear();
  }
}

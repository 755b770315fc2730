import { platform, uptime } from 'node:os';
import type { Clock } from './ports.js';

/** Sources that a clock reads; tests pass their own. */
export interface TimeSources {
  /** Wall-clock time in ms since the epoch; users and programs may change it. */
  wall(): number;
  /** Monotonic counter in ms. */
  counter(): number;
  /** Ms since the computer started, including sleep; null if `counter` includes sleep itself. */
  sinceBoot: (() => number) | null;
  /** Calls once after `ms` of `counter`. Returns the function that cancels. */
  timer(ms: number, run: () => void): () => void;
}

/** Shorter differences come from reading the two sources one after the other, not from sleep. */
const shortestSleepMs = 2000;
/** `sinceBoot` reads a file, while `now` is called thousands of times a second. */
const lookEveryMs = 1000;

interface Timer {
  readonly at: number;
  readonly run: () => void;
  cancel: () => void;
}

/**
 * Monotonic time, independent of the system clock (STATE "Time").
 * On Linux the counter and its timers stop during sleep. Once a sleep is noticed, `now` includes it and every timer is
 * set again, so overdue timers ring at once.
 */
export class MonotonicClock implements Clock {
  readonly #timers = new Set<Timer>();
  /** Offset from the counter to ms since the epoch. */
  readonly #base: number;
  /** Difference between `sinceBoot` and the counter at the start. */
  readonly #bootAhead: number;
  #sleptMs = 0;
  #lookedAt: number;
  #wallAhead: number;

  constructor(private readonly sources: TimeSources) {
    const count = sources.counter();
    this.#base = sources.wall() - count;
    this.#bootAhead = (sources.sinceBoot?.() ?? count) - count;
    this.#lookedAt = count;
    this.#wallAhead = this.#base;
  }

  now(): number {
    const count = this.sources.counter();
    this.#lookForSleep(count);
    return Math.floor(this.#base + count + this.#sleptMs);
  }

  wall(): number {
    return this.sources.wall();
  }

  after(ms: number, run: () => void): () => void {
    const timer: Timer = { at: this.now() + Math.max(0, ms), run, cancel: () => undefined };
    this.#timers.add(timer);
    this.#set(timer, ms);
    return () => {
      this.#timers.delete(timer);
      timer.cancel();
    };
  }

  #set(timer: Timer, ms: number): void {
    timer.cancel();
    timer.cancel = this.sources.timer(ms, () => {
      this.#timers.delete(timer);
      timer.run();
    });
  }

  #lookForSleep(count: number): void {
    const { sinceBoot, wall } = this.sources;
    if (sinceBoot === null) return;
    // A sleep also shows at once as a jump of the wall clock.
    const wallAhead = wall() - count;
    const isJump = Math.abs(wallAhead - this.#wallAhead) >= shortestSleepMs;
    if (!isJump && count - this.#lookedAt < lookEveryMs) return;
    this.#wallAhead = wallAhead;
    this.#lookedAt = count;
    const slept = sinceBoot() - count - this.#bootAhead;
    if (slept - this.#sleptMs < shortestSleepMs) return;
    this.#sleptMs = slept;
    this.#setAgain(this.#base + count + slept);
  }

  #setAgain(now: number): void {
    const timers = [...this.#timers].sort((a, b) => a.at - b.at);
    for (const timer of timers) this.#set(timer, Math.max(0, timer.at - now));
  }
}

/** The real clock. Its timers do not keep the process alive. */
export const systemClock: Clock = new MonotonicClock({
  wall: () => Date.now(),
  counter: () => performance.now(),
  // On other systems the counter of Node includes sleep.
  sinceBoot: platform() === 'linux' ? () => uptime() * 1000 : null,
  timer(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
});

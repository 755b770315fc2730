import { platform, uptime } from 'node:os';
import type { Clock } from './ports.js';

/** What the clock is made of; tests pass their own. */
export interface TimeSources {
  /** What the system says; anybody may set it. */
  wall(): number;
  /** Milliseconds that nobody can set. */
  counter(): number;
  /** Milliseconds since the computer was started, sleep included; null where `counter` counts sleep itself. */
  sinceBoot: (() => number) | null;
  /** Calls once after `ms` of `counter`; returns the function that cancels. */
  timer(ms: number, run: () => void): () => void;
}

/** Less than this is how exactly the two can be read, not sleep. */
const shortestSleepMs = 2000;
/** `sinceBoot` reads a file, and "now" is asked for thousands of times a second. */
const lookEveryMs = 1000;

interface Timer {
  readonly at: number;
  readonly run: () => void;
  cancel: () => void;
}

/**
 * Time that goes on at its own pace whatever the system's clock is set to (ARCHITECTURE "Time"). Where sleep stops the
 * counter, as on Linux, it stops timers as well: once the sleep is noticed, "now" has it and each timer is set anew,
 * so that what fell due in the meantime is done at once.
 */
export class MonotonicClock implements Clock {
  readonly #sources: TimeSources;
  readonly #timers = new Set<Timer>();
  /** What makes a count into milliseconds since the epoch. */
  readonly #base: number;
  /** What `sinceBoot` was ahead of the counter at the start. */
  readonly #bootAhead: number;
  #sleptMs = 0;
  #lookedAt: number;
  #wallAhead: number;

  constructor(sources: TimeSources) {
    this.#sources = sources;
    const count = sources.counter();
    this.#base = sources.wall() - count;
    this.#bootAhead = (sources.sinceBoot?.() ?? count) - count;
    this.#lookedAt = count;
    this.#wallAhead = this.#base;
  }

  now(): number {
    const count = this.#sources.counter();
    this.#lookForSleep(count);
    return Math.floor(this.#base + count + this.#sleptMs);
  }

  wall(): number {
    return this.#sources.wall();
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
    timer.cancel = this.#sources.timer(ms, () => {
      this.#timers.delete(timer);
      timer.run();
    });
  }

  #lookForSleep(count: number): void {
    const { sinceBoot, wall } = this.#sources;
    if (sinceBoot === null) return;
    // A sleep also shows as a jump of the wall's clock, and then at once.
    const wallAhead = wall() - count;
    const isJump = Math.abs(wallAhead - this.#wallAhead) >= shortestSleepMs;
    if (!isJump && count - this.#lookedAt < lookEveryMs) return;
    this.#wallAhead = wallAhead;
    this.#lookedAt = count;
    const slept = sinceBoot() - count - this.#bootAhead;
    if (slept - this.#sleptMs < shortestSleepMs) return;
    this.#sleptMs = slept;
    this.#setAnew(this.#base + count + slept);
  }

  #setAnew(now: number): void {
    const timers = [...this.#timers].sort((a, b) => a.at - b.at);
    for (const timer of timers) this.#set(timer, Math.max(0, timer.at - now));
  }
}

/** The real clock. Timers do not keep the process alive. */
export const systemClock: Clock = new MonotonicClock({
  wall: () => Date.now(),
  counter: () => performance.now(),
  // Elsewhere the counter of Node goes on while the computer sleeps.
  sinceBoot: platform() === 'linux' ? () => uptime() * 1000 : null,
  timer(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
});

import { Alarm } from './alarm.js';
import type { Clock } from './ports.js';

export interface ThrottleDeps<T> {
  readonly clock: Clock;
  /** A function if the interval changes over time. */
  readonly everyMs: number | (() => number);
  readonly pass: (value: T) => void;
  /** Values equal to the last one are not passed on. Without this function every value counts as new. */
  readonly isSame?: (a: T, b: T) => boolean;
}

/**
 * Passes on at most one value per `everyMs`. Of faster values only the newest is passed on, at the end of the interval.
 */
export class Throttle<T> {
  readonly #alarm: Alarm;
  #passed: { value: T; at: number } | null = null;
  #waiting: { value: T } | null = null;
  #alarmAt = 0;
  #isHeld = false;

  constructor(private readonly deps: ThrottleDeps<T>) {
    this.#alarm = new Alarm(deps.clock);
  }

  push(value: T): void {
    const isNews = this.#passed === null || this.deps.isSame?.(this.#passed.value, value) !== true;
    this.#waiting = isNews ? { value } : null;
    this.#proceed();
  }

  /** Holds values back until called with false. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#proceed();
  }

  /** Drops a value that still waits. */
  drop(): void {
    this.#waiting = null;
    this.#alarm.clear();
  }

  #proceed(): void {
    if (this.#waiting === null || this.#isHeld) return this.#alarm.clear();
    const now = this.deps.clock.now();
    const due = this.#dueAt(now);
    if (due > now) return this.#wait(due, now);
    this.#alarm.clear();
    const { value } = this.#waiting;
    this.#waiting = null;
    this.#passed = { value, at: now };
    this.deps.pass(value);
  }

  #dueAt(now: number): number {
    if (this.#passed === null) return now;
    const { everyMs } = this.deps;
    return this.#passed.at + (typeof everyMs === 'number' ? everyMs : everyMs());
  }

  /** Keeps a timer that is already right, because values may arrive far faster than they are passed on. */
  #wait(due: number, now: number): void {
    if (this.#alarm.isSet && this.#alarmAt === due) return;
    this.#alarmAt = due;
    this.#alarm.set(due - now, () => this.#proceed());
  }
}

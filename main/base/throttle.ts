import { Alarm } from './alarm.js';
import type { Clock } from './ports.js';

export interface ThrottleDeps<T> {
  readonly clock: Clock;
  /** A function where the pace changes with what is going on. */
  readonly everyMs: number | (() => number);
  readonly pass: (value: T) => void;
  /** Values that are the same as the last one are not passed on again; without it every value is news. */
  readonly isSame?: (a: T, b: T) => boolean;
}

/** Passes values on no more often than every `everyMs`; of those that come faster only the newest, late. */
export class Throttle<T> {
  readonly #deps: ThrottleDeps<T>;
  readonly #alarm: Alarm;
  #passed: { value: T; at: number } | null = null;
  #waiting: { value: T } | null = null;
  #alarmAt = 0;
  #isHeld = false;

  constructor(deps: ThrottleDeps<T>) {
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock);
  }

  push(value: T): void {
    const isNews = this.#passed === null || this.#deps.isSame?.(this.#passed.value, value) !== true;
    this.#waiting = isNews ? { value } : null;
    this.#proceed();
  }

  /** Holds everything back until it is called with false. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#proceed();
  }

  /** Forgets what has not been passed on. */
  drop(): void {
    this.#waiting = null;
    this.#alarm.clear();
  }

  #proceed(): void {
    if (this.#waiting === null || this.#isHeld) return this.#alarm.clear();
    const now = this.#deps.clock.now();
    const due = this.#dueAt(now);
    if (due > now) return this.#wait(due, now);
    this.#alarm.clear();
    const { value } = this.#waiting;
    this.#waiting = null;
    this.#passed = { value, at: now };
    this.#deps.pass(value);
  }

  #dueAt(now: number): number {
    if (this.#passed === null) return now;
    const { everyMs } = this.#deps;
    return this.#passed.at + (typeof everyMs === 'number' ? everyMs : everyMs());
  }

  /** Values may come far faster than they are passed on: a timer that is right already is left alone. */
  #wait(due: number, now: number): void {
    if (this.#alarm.isSet && this.#alarmAt === due) return;
    this.#alarmAt = due;
    this.#alarm.set(due - now, () => this.#proceed());
  }
}

import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';

/** Length of a step. A sleep of any length counts as one step. */
const tickMs = 5000;

/**
 * Timer for states that have to last. Counts only the time that the computer is awake, because right after a sleep a
 * state may be out of date for a moment.
 */
export class LastingTimer {
  readonly #alarm: Alarm;

  constructor(clock: Clock) {
    this.#alarm = new Alarm(clock);
  }

  get isSet(): boolean {
    return this.#alarm.isSet;
  }

  /**
   * Calls `lasted` after `ms`, rounded up to steps of five seconds, unless cleared before. A second call starts again.
   */
  set(ms: number, lasted: () => void): void {
    this.#tick(Math.ceil(ms / tickMs), lasted);
  }

  clear(): void {
    this.#alarm.clear();
  }

  #tick(left: number, lasted: () => void): void {
    if (left <= 0) return lasted();
    this.#alarm.set(tickMs, () => this.#tick(left - 1, lasted));
  }
}

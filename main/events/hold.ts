import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';

/** A computer that slept counts one of these, whatever the length of its sleep. */
const tickMs = 5000;

/**
 * Waits whether something lasts, in time that the computer was awake: after sleep everything is as it was, for a moment,
 * and that is no news.
 */
export class Hold {
  readonly #alarm: Alarm;

  constructor(clock: Clock) {
    this.#alarm = new Alarm(clock);
  }

  get isSet(): boolean {
    return this.#alarm.isSet;
  }

  /** Runs `lasted` after `ms`, in whole steps of five seconds, unless it is cleared before. Setting it again begins anew. */
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

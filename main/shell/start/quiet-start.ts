import { Alarm } from '../../base/alarm.js';
import type { Clock } from '../../base/ports.js';

/** Longest quiet time, in ms. */
const atMostMs = 2000;

/**
 * The time until the first window is visible.
 *
 * The window shows the state of the last run, so panels are asked only afterwards: both at once take a quarter longer.
 */
export class QuietStart {
  readonly #alarm: Alarm;
  #end: () => void = () => undefined;
  readonly over = new Promise<void>((resolve) => (this.#end = resolve));

  constructor(clock: Clock) {
    this.#alarm = new Alarm(clock);
  }

  begin(): void {
    this.#alarm.set(atMostMs, () => this.#end());
  }

  end(): void {
    this.#alarm.clear();
    this.#end();
  }

  /** Clears the timer when Perch quits. An unfinished `over` then stays pending. */
  stop(): void {
    this.#alarm.clear();
  }
}

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
  /** Resolves at the end of the quiet start. */
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

  /** Clears the timer when Perch quits. The promise `over` may then never resolve: nothing should start any more. */
  stop(): void {
    this.#alarm.clear();
  }
}

import { Alarm } from '../../base/alarm.js';
import type { Clock } from '../../base/ports.js';

/** A window that takes longer than this waits for something else. */
const atMostMs = 2000;

/**
 * The time until the window that Perch starts with can be seen. It shows what the last run knew, so no panel is asked
 * before: both at once take a quarter longer.
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

  /** Perch ends: who still waits need not begin. */
  stop(): void {
    this.#alarm.clear();
  }
}

import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';

/** How often it looks, and so how late it may notice. */
const everyMs = 5000;
/** A busy computer runs a timer late, too; a socket survives a stop as short as this. */
const lateMs = 5000;

/**
 * Notices that the computer has slept where nobody says so (without logind there is no event): far more time has
 * passed between two looks than should have. A process that was stopped for a while looks the same, and is.
 */
export class WakeWatch {
  readonly #clock: Clock;
  readonly #alarm: Alarm;
  readonly #onWake: () => void;
  #lookedAt = 0;

  constructor(deps: { clock: Clock; onWake: () => void }) {
    this.#clock = deps.clock;
    this.#alarm = new Alarm(deps.clock);
    this.#onWake = deps.onWake;
  }

  start(): void {
    this.#look();
  }

  stop(): void {
    this.#alarm.clear();
  }

  /** The system says so itself: it is not to be noticed a second time. */
  woke(): void {
    this.#look();
    this.#onWake();
  }

  #look(): void {
    this.#lookedAt = this.#clock.now();
    this.#alarm.set(everyMs, () => {
      const passed = this.#clock.now() - this.#lookedAt;
      this.#look();
      if (passed >= everyMs + lateMs) this.#onWake();
    });
  }
}

import { Alarm } from '../../base/alarm.js';
import { Emitter } from '../../base/emitter.js';
import type { Clock } from '../../base/ports.js';

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
  readonly #awake = new Emitter<void>();
  #lookedAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#alarm = new Alarm(clock);
  }

  start(): void {
    this.#look();
  }

  /** Returns the function that ends listening. */
  listen(listener: () => void): () => void {
    return this.#awake.listen(listener);
  }

  stop(): void {
    this.#alarm.clear();
  }

  /** The system says so itself: it is not to be noticed a second time. */
  woke(): void {
    this.#look();
    this.#awake.emit();
  }

  #look(): void {
    this.#lookedAt = this.#clock.now();
    this.#alarm.set(everyMs, () => {
      const passed = this.#clock.now() - this.#lookedAt;
      this.#look();
      if (passed >= everyMs + lateMs) this.#awake.emit();
    });
  }
}

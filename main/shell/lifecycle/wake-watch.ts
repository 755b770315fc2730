import { Alarm } from '../../base/alarm.js';
import { Emitter } from '../../base/emitter.js';
import type { Clock } from '../../base/ports.js';

/** Interval of the checks, in ms; also the longest delay of a detection. */
const everyMs = 5000;
/**
 * Extra delay in ms that counts as sleep. A busy computer delays timers as well, and sockets survive a shorter stop.
 */
const lateMs = 5000;

/**
 * Detects a wake-up from sleep without a system event (Linux without logind): much more time has passed between two
 * checks than the interval.
 *
 * A process that was stopped for a while looks the same, and is treated the same.
 */
export class WakeWatch {
  readonly #alarm: Alarm;
  readonly #awake = new Emitter<void>();
  #lookedAt = 0;

  constructor(private readonly clock: Clock) {
    this.#alarm = new Alarm(clock);
  }

  start(): void {
    this.#look();
  }

  /** Returns the function that ends the subscription. */
  listen(listener: () => void): () => void {
    return this.#awake.listen(listener);
  }

  stop(): void {
    this.#alarm.clear();
  }

  /**
   * Reports a wake-up from the system's own event, and restarts the check, so that it does not report the same wake-up
   * again.
   */
  woke(): void {
    this.#look();
    this.#awake.emit();
  }

  #look(): void {
    this.#lookedAt = this.clock.now();
    this.#alarm.set(everyMs, () => {
      const passed = this.clock.now() - this.#lookedAt;
      this.#look();
      if (passed >= everyMs + lateMs) this.#awake.emit();
    });
  }
}

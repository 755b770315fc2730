/** Whether the user's last signal explains what the process does. */
import type { PowerState } from '../../bridge/schema/domain.js';
import type { Clock } from '../base/ports.js';
import { newestId, type SentAfter, type SentSignal } from '../fleet/process/sent-signals.js';
import { signalWorksMs } from '../fleet/process/limits.js';

export class OwnSignal {
  readonly #clock: Clock;
  readonly #sentAfter: SentAfter;
  /**
   * The server is stopping because of the signal. Its end is the user's doing, however long it takes, also across a
   * sleep.
   */
  #hasBegun = false;
  /** The last signal that has had its effect. */
  #doneId = 0;

  constructor(clock: Clock, sentAfter: SentAfter) {
    this.#clock = clock;
    this.#sentAfter = sentAfter;
  }

  /** Notes the new state of the process. */
  became(power: PowerState): void {
    this.#hasBegun = power === 'stopping' && this.atWork !== null;
  }

  /** The newest signal that is taking effect; null if none. The newest counts unless it was refused. */
  get atWork(): Pick<SentSignal, 'signal' | 'actor'> | null {
    const last = this.#sentAfter(this.#doneId).findLast(({ isRefused }) => !isRefused);
    if (last === undefined) return null;
    return this.#hasBegun || this.#clock.now() - last.at <= signalWorksMs ? last : null;
  }

  /** All signals have had their effect. */
  done(): void {
    this.#doneId = newestId(this.#sentAfter);
    this.#hasBegun = false;
  }
}

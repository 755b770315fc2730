/**
 * Whether the user's last signal explains the new state of the process.
 * The signals are in `sent-signals.ts`. Apart from the story, because the log names the sender of a start too and knows
 * the stop that a signal began, whereas the story asks only whether a signal excuses an end.
 */
import type { PowerState } from '../../bridge/schema/domain.js';
import type { Clock } from '../base/ports.js';
import { newestId, type SentAfter, type SentSignal } from '../fleet/process/sent-signals.js';
import { signalWorksMs } from '../fleet/process/limits.js';

export class OwnSignal {
  /**
   * True if the server is stopping because of the signal. The user then caused the end, however long the stop takes,
   * also across a sleep.
   */
  #hasBegun = false;
  /** The last signal that has had its effect. */
  #doneId = 0;

  constructor(
    private readonly clock: Clock,
    private readonly sentAfter: SentAfter,
  ) {}

  /** Notes the new state of the process. */
  became(power: PowerState): void {
    this.#hasBegun = power === 'stopping' && this.atWork !== null;
  }

  /** The newest signal, while it takes effect; null = none. */
  get atWork(): Pick<SentSignal, 'signal' | 'actor' | 'at'> | null {
    const last = this.sentAfter(this.#doneId).at(-1);
    if (last === undefined) return null;
    return this.#hasBegun || this.clock.now() - last.at <= signalWorksMs ? last : null;
  }

  /** All signals have had their effect. */
  done(): void {
    this.#doneId = newestId(this.sentAfter);
    this.#hasBegun = false;
  }
}

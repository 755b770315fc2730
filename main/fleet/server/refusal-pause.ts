import type { Clock, Random } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { SlowPauses } from '../../base/slow-pauses.js';

/** When a session that was refused is started again: later each time, and at once where the first refusal is refuted. */
export class RefusalPause {
  readonly #clock: Clock;
  readonly #again: () => void;
  readonly #alarm: Alarm;
  readonly #pauses: SlowPauses;

  constructor(clock: Clock, random: Random, again: () => void) {
    this.#clock = clock;
    this.#again = again;
    this.#alarm = new Alarm(clock);
    this.#pauses = new SlowPauses(clock, random);
  }

  /** Answers when it is over. */
  begin(): number {
    const ms = this.#pauses.next();
    this.#alarm.set(ms, this.#again);
    return this.#clock.now() + ms;
  }

  /** Ends it where it follows the first refusal: one that repeats itself is not to be hurried. */
  hurryFirst(): void {
    if (!this.#alarm.isSet || this.#pauses.failures > 1) return;
    this.#alarm.clear();
    this.#again();
  }

  /** The session is live, or there is none any more. */
  reset(): void {
    this.#alarm.clear();
    this.#pauses.reset();
  }
}

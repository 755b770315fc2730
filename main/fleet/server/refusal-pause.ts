import type { Clock, Random } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { SlowPauses } from '../../base/slow-pauses.js';

/** Growing pauses before a refused session starts again. The first pause can end early. */
export class RefusalPause {
  readonly #alarm: Alarm;
  readonly #pauses: SlowPauses;

  constructor(
    private readonly clock: Clock,
    random: Random,
    private readonly again: () => void,
  ) {
    this.#alarm = new Alarm(clock);
    this.#pauses = new SlowPauses(clock, random);
  }

  /** Starts a pause. Returns the monotonic time of its end. */
  begin(): number {
    const ms = this.#pauses.next();
    this.#alarm.set(ms, this.again);
    return this.clock.now() + ms;
  }

  /** Ends the first pause; later pauses run to their end. */
  hurryFirst(): void {
    if (!this.#alarm.isSet || this.#pauses.failures > 1) return;
    this.#alarm.clear();
    this.again();
  }

  /** The session became live or was closed: the pauses start over. */
  reset(): void {
    this.#alarm.clear();
    this.#pauses.reset();
  }
}

import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { BackOff } from '../../base/back-off.js';

const pauses = { firstMs: 5000, longestMs: 5 * 60_000 };

/**
 * After `deleted` a server may live on under another address (PROTOCOL trap 35), so its next session waits for what
 * the list tells. A node that says `deleted` of a server that the panel still lists gets it later each time.
 */
export class ReopenPause {
  readonly #clock: Clock;
  readonly #over: () => void;
  readonly #alarm: Alarm;
  readonly #backOff = new BackOff(pauses);
  #begunAt = -Infinity;

  constructor(clock: Clock, over: () => void) {
    this.#clock = clock;
    this.#over = over;
    this.#alarm = new Alarm(clock);
  }

  get isOn(): boolean {
    return this.#alarm.isSet;
  }

  /** Answers when it is over. */
  begin(): number {
    const now = this.#clock.now();
    if (now - this.#begunAt >= 2 * pauses.longestMs) this.#backOff.reset();
    this.#begunAt = now;
    const ms = this.#backOff.next();
    this.#alarm.set(ms, this.#over);
    return now + ms;
  }

  /** Ends it early and silently. */
  end(): void {
    this.#alarm.clear();
  }
}

import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { BackOff } from '../../base/back-off.js';

const pauses = { firstMs: 5000, longestMs: 5 * 60_000 };

/**
 * Pause before the next session after the node sent `deleted`.
 * The server may continue at another address (PROTOCOL trap 35), so the next session waits for the list. The pause
 * grows while a node reports `deleted` for a server that the panel still lists.
 */
export class ReopenPause {
  readonly #alarm: Alarm;
  readonly #backOff = new BackOff(pauses);
  #begunAt = -Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly over: () => void,
  ) {
    this.#alarm = new Alarm(clock);
  }

  get isOn(): boolean {
    return this.#alarm.isSet;
  }

  /** Starts the pause. Returns the monotonic time of its end. */
  begin(): number {
    const now = this.clock.now();
    if (now - this.#begunAt >= 2 * pauses.longestMs) this.#backOff.reset();
    this.#begunAt = now;
    const ms = this.#backOff.next();
    this.#alarm.set(ms, this.over);
    return now + ms;
  }

  /** Ends the pause early, without the callback. */
  end(): void {
    this.#alarm.clear();
  }
}

import type { Link } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';

/** A state that nobody has seen for so long, and that no live socket stands for, is not known any more. */
const longestMs = 40_000;

/**
 * Ends what is known of a server's state where its socket fails and polls do not see it either. A server without a
 * socket is polled as often as the panel's limit allows: that may be less often, and is no fault.
 */
export class SightLimit {
  readonly #clock: Clock;
  readonly #alarm: Alarm;
  readonly #over: (seenAt: number) => boolean;
  #seenAt = -Infinity;
  #link: Link['kind'] = 'none';

  /** `over` answers whether what was seen is to be kept all the same: it is asked again then. */
  constructor(clock: Clock, over: (seenAt: number) => boolean) {
    this.#clock = clock;
    this.#alarm = new Alarm(clock);
    this.#over = over;
  }

  /** It was seen at most so long ago. */
  isWithin(ms: number): boolean {
    return this.#clock.now() - this.#seenAt < ms;
  }

  /** The server was seen, or its figures have shown that it runs. */
  seen(): void {
    this.#seenAt = this.#clock.now();
    if (this.#link === 'none') this.#alarm.clear();
    else if (this.#link !== 'live') this.#wait(longestMs);
  }

  /** `isRunning` = the server was running: then a live socket has told something of it every second. */
  link(link: Link['kind'], isRunning: boolean): void {
    const wasLive = this.#link === 'live';
    this.#link = link;
    if (link === 'live') return this.#alarm.clear();
    if (this.#alarm.isSet || (link === 'none' && !wasLive)) return;
    const since = wasLive && isRunning ? this.#seenAt : this.#clock.now();
    this.#wait(Math.max(0, since + longestMs - this.#clock.now()));
  }

  #wait(ms: number): void {
    this.#alarm.set(ms, () => {
      if (this.#over(this.#seenAt)) this.#wait(longestMs);
    });
  }

  stop(): void {
    this.#alarm.clear();
  }
}

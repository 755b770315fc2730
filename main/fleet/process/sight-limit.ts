import type { Link } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { unseenMs } from './limits.js';

/**
 * Ends the known state of a server if its session fails and polls fail too.
 * Does not apply to servers without a session: the panel's limit decides how often they are polled, so a long interval
 * is no fault.
 * No part of the story: decides whether Perch still knows the state, not what became of the process.
 */
export class SightLimit {
  readonly #alarm: Alarm;
  #seenAt = -Infinity;
  #link: Link['kind'] = 'none';

  /** `over` runs if nothing was seen for `unseenMs`; it returns true to keep the state for as long again. */
  constructor(
    private readonly clock: Clock,
    private readonly over: (seenAt: number) => boolean,
  ) {
    this.#alarm = new Alarm(clock);
  }

  /** True if the last sighting is less than `ms` ago. */
  isWithin(ms: number): boolean {
    return this.clock.now() - this.#seenAt < ms;
  }

  /** A state or usage of the server was seen. */
  seen(): void {
    this.#seenAt = this.clock.now();
    if (this.#link === 'none') this.#alarm.clear();
    else if (this.#link !== 'live') this.#wait(unseenMs);
  }

  /** `isRunning` = the server was running, so a live socket reported every second. */
  link(link: Link['kind'], isRunning: boolean): void {
    const wasLive = this.#link === 'live';
    this.#link = link;
    if (link === 'live') return this.#alarm.clear();
    if (this.#alarm.isSet || (link === 'none' && !wasLive)) return;
    const since = wasLive && isRunning ? this.#seenAt : this.clock.now();
    this.#wait(Math.max(0, since + unseenMs - this.clock.now()));
  }

  #wait(ms: number): void {
    this.#alarm.set(ms, () => {
      if (this.over(this.#seenAt)) this.#wait(unseenMs);
    });
  }

  stop(): void {
    this.#alarm.clear();
  }
}

import type { Clock } from '../../base/ports.js';
import { CallLog } from '../../base/call-log.js';
import type { CallSource, DueCall } from './call-pacer.js';

/** When all servers of a node go at once, it is no use to ask about each. */
const mostWaiting = 3;
const mostInMinute = 4;

interface Waiting {
  readonly since: number;
  send(): void;
  drop(): void;
}

/** Questions whose answers are nice to have: a few a minute, behind all that keeps servers up to date. */
export class Lookups implements CallSource {
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #sent = new CallLog();
  #waiting: Waiting[] = [];

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  /** Sends when it is its turn; null where it is not sent, because others wait already or the panel does not answer. */
  take<T>(send: () => Promise<T>): Promise<T | null> {
    if (this.#waiting.length >= mostWaiting) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        since: this.#clock.now(),
        send: () => void send().then(resolve, reject),
        drop: () => resolve(null),
      });
      this.#changed();
    });
  }

  /** Those that wait are not sent. */
  drop(): void {
    for (const waiting of this.#waiting.splice(0)) waiting.drop();
  }

  next(): DueCall | null {
    const [first] = this.#waiting;
    if (first === undefined) return null;
    return { rank: 'spare', at: Math.max(first.since, this.#sent.fewerThan(mostInMinute)) };
  }

  send(): void {
    const first = this.#waiting.shift();
    if (first === undefined) return;
    this.#sent.add(this.#clock.now());
    first.send();
  }
}

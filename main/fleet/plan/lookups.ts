import type { Clock } from '../../base/ports.js';
import { CallLog } from '../../base/call-log.js';
import type { CallSource, DueCall } from './call-pacer.js';

export interface LookupLimits {
  /** Longest queue; further reads are dropped. */
  readonly mostWaiting: number;
  readonly mostInMinute: () => number;
}

interface Waiting {
  readonly since: number;
  send(): void;
  drop(): void;
}

/** Optional reads: a limited number a minute, behind all calls that keep servers up to date. */
export class Lookups implements CallSource {
  readonly #sent = new CallLog();
  #waiting: Waiting[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly changed: () => void,
    private readonly limits: LookupLimits,
  ) {}

  /**
   * Sends a read in its turn. Resolves with null if the read is dropped: the queue is full or the panel does not
   * answer.
   */
  take<T>(send: () => Promise<T>): Promise<T | null> {
    if (this.#waiting.length >= this.limits.mostWaiting) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        since: this.clock.now(),
        send: () => void send().then(resolve, reject),
        drop: () => resolve(null),
      });
      this.changed();
    });
  }

  drop(): void {
    for (const waiting of this.#waiting.splice(0)) waiting.drop();
  }

  next(): DueCall | null {
    const [first] = this.#waiting;
    if (first === undefined) return null;
    return { rank: 'spare', at: Math.max(first.since, this.#sent.fewerThan(this.limits.mostInMinute())) };
  }

  send(): void {
    const first = this.#waiting.shift();
    if (first === undefined) return;
    this.#sent.add(this.clock.now());
    first.send();
  }
}

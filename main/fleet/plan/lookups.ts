import type { Clock } from '../../base/ports.js';
import { CallLog } from '../../base/call-log.js';
import type { CallSource, DueCall } from './call-pacer.js';

export interface LookupLimits {
  /** Longest queue; further reads are dropped. */
  readonly mostWaiting: number;
  readonly mostInMinute: () => number;
  /** Earliest monotonic time of the next read; Infinity = as long as others are under way. */
  readonly notBefore?: () => number;
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
  #running = 0;
  /** Monotonic time of the last answer. */
  #endedAt = -Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly changed: () => void,
    private readonly limits: LookupLimits,
  ) {}

  /**
   * Sends a read in its turn. Resolves with null if the read is dropped: the queue is full or the panel does not
   * answer. Aborting `waits` drops the read as well, unless its turn has come.
   */
  take<T>(send: () => Promise<T>, waits?: AbortSignal): Promise<T | null> {
    if (this.#waiting.length >= this.limits.mostWaiting) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      const drop = (): void => this.#leave(one);
      const one: Waiting = {
        since: this.clock.now(),
        send: () => {
          waits?.removeEventListener('abort', drop);
          void this.#run(send).then(resolve, reject);
        },
        drop: () => resolve(null),
      };
      waits?.addEventListener('abort', drop, { once: true });
      this.#waiting.push(one);
      this.changed();
    });
  }

  /** Monotonic time since which no read waits or runs; Infinity while one does. */
  get idleSince(): number {
    return this.#waiting.length + this.#running > 0 ? Infinity : this.#endedAt;
  }

  drop(): void {
    for (const waiting of this.#waiting.splice(0)) waiting.drop();
  }

  next(): DueCall | null {
    const [first] = this.#waiting;
    if (first === undefined) return null;
    const { mostInMinute, notBefore } = this.limits;
    const at = Math.max(first.since, this.#sent.fewerThan(mostInMinute()), notBefore?.() ?? -Infinity);
    return { rank: 'spare', at };
  }

  send(): void {
    const first = this.#waiting.shift();
    if (first === undefined) return;
    this.#sent.add(this.clock.now());
    first.send();
  }

  #leave(one: Waiting): void {
    this.#waiting = this.#waiting.filter((each) => each !== one);
    one.drop();
    this.changed();
  }

  async #run<T>(send: () => Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await send();
    } finally {
      this.#running -= 1;
      this.#endedAt = this.clock.now();
      this.changed();
    }
  }
}

import type { WingsBucket, WingsLimits } from './api.js';

/** `notice` = the message is dropped and the client gets a notice; `discard` = dropped after an earlier notice. */
export type Verdict = 'pass' | 'notice' | 'discard';

/** Rate limit of one client (PROTOCOL 4.10). Excess messages are dropped, with one notice per episode. */
export class Throttle {
  readonly #buckets = new Map<string, Bucket>();
  readonly #told = new Set<string>();

  constructor(
    private readonly limits: WingsLimits | null,
    private readonly now: () => number,
  ) {}

  /** Counts any frame. */
  frame(): Verdict {
    if (this.limits === null) return 'pass';
    return this.#judge('frame', 'frame', this.limits.connection);
  }

  /** Counts a valid message. Events without their own bucket share one, but each has its own notice. */
  event(name: string): Verdict {
    if (this.limits === null) return 'pass';
    const { events } = this.limits;
    const own = Object.hasOwn(events, name) ? events[name] : undefined;
    const bucket = own ?? events['*'];
    if (bucket === undefined) return 'pass';
    return this.#judge(own === undefined ? 'event *' : `event ${name}`, `event ${name}`, bucket);
  }

  #judge(bucketName: string, episode: string, size: WingsBucket): Verdict {
    let bucket = this.#buckets.get(bucketName);
    if (bucket === undefined) {
      bucket = new Bucket(size, this.now);
      this.#buckets.set(bucketName, bucket);
    }
    if (bucket.take()) {
      this.#told.delete(episode);
      return 'pass';
    }
    if (this.#told.has(episode)) return 'discard';
    this.#told.add(episode);
    return 'notice';
  }
}

/** Token bucket that refills continuously. */
class Bucket {
  #level: number;
  #at: number;

  constructor(
    private readonly size: WingsBucket,
    private readonly now: () => number,
  ) {
    this.#level = size.size;
    this.#at = now();
  }

  take(): boolean {
    const now = this.now();
    this.#level = Math.min(this.size.size, this.#level + (now - this.#at) / this.size.everyMs);
    this.#at = now;
    if (this.#level < 1) return false;
    this.#level -= 1;
    return true;
  }
}

import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';

/** The node tells the panel first or a moment later: read once soon, and once more while the change is under way. */
const soonMs = 500;
const onceMoreMs = 5000;
/** However often the node tells of changes, the panel is asked for this server no oftener. */
const gapMs = 5000;

export interface ServerRereadParts {
  clock: Clock;
  /** Reads the server from the panel and applies what it says. May reject. */
  read(): Promise<void>;
  /** Whether the server is in a condition that ends by itself; false where it is gone. */
  isPassing(): boolean;
}

/** When one server is read from the panel again because something tells that it has changed there. */
export class ServerReread {
  readonly #parts: ServerRereadParts;
  readonly #soon: Alarm;
  readonly #onceMore: Alarm;
  #readAt = -Infinity;
  #isStopped = false;

  constructor(parts: ServerRereadParts) {
    this.#parts = parts;
    this.#soon = new Alarm(parts.clock);
    this.#onceMore = new Alarm(parts.clock);
  }

  soon(): void {
    // What is set already stays: a node that never stops telling of changes would put it off for ever.
    if (this.#isStopped || this.#soon.isSet) return;
    const wait = Math.max(soonMs, this.#readAt + gapMs - this.#parts.clock.now());
    this.#soon.set(wait, () => this.now());
  }

  now(): void {
    void this.#read().then(() => {
      // It may have been stopped while the panel was asked.
      if (this.#isStopped || this.#soon.isSet || !this.#parts.isPassing()) return;
      this.#onceMore.set(onceMoreMs, () => void this.#read());
    });
  }

  /** For good. */
  stop(): void {
    this.#isStopped = true;
    this.#soon.clear();
    this.#onceMore.clear();
  }

  /** Never rejects: what it misses, the list tells within a minute. */
  async #read(): Promise<void> {
    this.#onceMore.clear();
    this.#readAt = this.#parts.clock.now();
    await this.#parts.read().catch(() => undefined);
  }
}

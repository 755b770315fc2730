import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';

/**
 * The node tells the panel first or a moment later: read once soon, and once more while the change is under way, or has just
 * come to its end.
 */
const soonMs = 500;
const onceMoreMs = 5000;
/** However often the node tells of changes, the panel is asked for this server no more often than this. */
const gapMs = 5000;

export interface ServerRereadDeps {
  clock: Clock;
  /** Reads the server from the panel and applies what it says. May reject. */
  read(): Promise<void>;
  /** Whether the server is in a condition that ends by itself; false where it is gone. */
  isPassing(): boolean;
}

/** When one server is read from the panel again because something tells that it has changed there. */
export class ServerReread {
  readonly #deps: ServerRereadDeps;
  readonly #soon: Alarm;
  readonly #onceMore: Alarm;
  #readAt = -Infinity;
  #isStopped = false;
  #wasPassing: boolean;

  constructor(deps: ServerRereadDeps) {
    this.#deps = deps;
    this.#wasPassing = deps.isPassing();
    this.#soon = new Alarm(deps.clock);
    this.#onceMore = new Alarm(deps.clock);
  }

  soon(): void {
    // A time that is set stays: a node that never stops telling of changes would put the reading off for ever.
    if (this.#isStopped || this.#soon.isSet) return;
    const wait = Math.max(soonMs, this.#readAt + gapMs - this.#deps.clock.now());
    this.#soon.set(wait, () => this.now());
  }

  now(): void {
    void this.#read().then(() => {
      // It may have been stopped while the panel was asked.
      if (this.#isStopped || this.#soon.isSet || !this.#deps.isPassing()) return;
      this.#readOnceMore();
    });
  }

  #readOnceMore(): void {
    this.#onceMore.set(onceMoreMs, () => void this.#read());
  }

  /** The panel describes the server differently. What it says just after an installation may be out of date. */
  changed(): void {
    const isPassing = this.#deps.isPassing();
    if (this.#wasPassing && !isPassing && !this.#isStopped) this.#readOnceMore();
    this.#wasPassing = isPassing;
  }

  /** For good. */
  stop(): void {
    this.#isStopped = true;
    this.#soon.clear();
    this.#onceMore.clear();
  }

  /** Never rejects: what it misses, the list shows within a minute. */
  async #read(): Promise<void> {
    this.#onceMore.clear();
    this.#readAt = this.#deps.clock.now();
    await this.#deps.read().catch(() => undefined);
  }
}

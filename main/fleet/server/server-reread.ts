import type { Problem } from '../../../bridge/errors.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';

/**
 * Ms until the first and second read after a change. The node may inform the panel a moment later, so a change in
 * progress or just finished is read twice.
 */
const soonMs = 500;
const onceMoreMs = 5000;
/** Minimum ms between reads of one server, whatever the node reports. */
const gapMs = 5000;

export interface ServerRereadDeps {
  clock: Clock;
  /** Reads the server from the panel and applies the answer. May reject. */
  read(): Promise<void>;
  /** True if the server's condition ends without action; false for a removed server. */
  isPassing(): boolean;
}

/** Reads one server from the panel again after signs of a change. */
export class ServerReread {
  readonly #soon: Alarm;
  readonly #onceMore: Alarm;
  #readAt = -Infinity;
  #isStopped = false;
  #wasPassing: boolean;

  constructor(private readonly deps: ServerRereadDeps) {
    this.#wasPassing = deps.isPassing();
    this.#soon = new Alarm(deps.clock);
    this.#onceMore = new Alarm(deps.clock);
  }

  soon(): void {
    // A scheduled read keeps its time: otherwise a node with constant changes would postpone it forever.
    if (this.#isStopped || this.#soon.isSet) return;
    const wait = Math.max(soonMs, this.#readAt + gapMs - this.deps.clock.now());
    this.#soon.set(wait, () => this.now());
  }

  /** A call was refused. Reads soon if the known state or permissions may be wrong. */
  refused({ code, maybeDone }: Problem): void {
    const isMaybeWrong = code === 'forbidden' || code === 'conflict' || code === 'not-found';
    if (isMaybeWrong || maybeDone === true) this.soon();
  }

  now(): void {
    void this.#read().then(() => {
      // `stop` may have been called meanwhile.
      if (this.#isStopped || this.#soon.isSet || !this.deps.isPassing()) return;
      this.#readOnceMore();
    });
  }

  #readOnceMore(): void {
    this.#onceMore.set(onceMoreMs, () => void this.#read());
  }

  /**
   * The panel's data about the server changed. At the end of an installation or move the panel may still answer with
   * old data, so one more read follows.
   */
  changed(): void {
    const isPassing = this.deps.isPassing();
    if (this.#wasPassing && !isPassing && !this.#isStopped) this.#readOnceMore();
    this.#wasPassing = isPassing;
  }

  stop(): void {
    this.#isStopped = true;
    this.#soon.clear();
    this.#onceMore.clear();
  }

  /** Never rejects. The next list, within a minute, makes up for a failure. */
  async #read(): Promise<void> {
    this.#onceMore.clear();
    this.#readAt = this.deps.clock.now();
    await this.deps.read().catch(() => undefined);
  }
}

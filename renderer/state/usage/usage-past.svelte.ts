/**
 * What main keeps of a server's usage beyond the last hour. A range is read when it is looked at, and again while it is,
 * as often as it has grown by a figure or so; what was read stays, so that a range that is chosen again is there at once.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { HistoryRange, UsageStretch } from '../../../bridge/schema/history.js';
import type { PerchClient } from '../../api.js';

const minuteMs = 60_000;
/** After a failure sooner. */
const failedMs = 10_000;

export class UsagePast {
  readonly #client: Pick<PerchClient, 'call'>;
  readonly #serverId: string;
  readonly #read = new SvelteMap<HistoryRange, readonly UsageStretch[]>();

  constructor(client: Pick<PerchClient, 'call'>, serverId: string) {
    this.#client = client;
    this.#serverId = serverId;
  }

  /** Oldest first; null where it has not been read yet. */
  of(range: HistoryRange): readonly UsageStretch[] | null {
    return this.#read.get(range) ?? null;
  }

  /** Reads a range, and goes on doing so; returns the end of it. */
  keep(range: HistoryRange): () => void {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const read = async (): Promise<void> => {
      const next = await this.#ask(range);
      if (!over) timer = setTimeout(() => void read(), next);
    };
    void read();
    return () => {
      over = true;
      if (timer !== null) clearTimeout(timer);
    };
  }

  /** Answers when to ask again. */
  async #ask(range: HistoryRange): Promise<number> {
    try {
      const { stretches } = await this.#client.call('history.usage', { serverId: this.#serverId, range });
      this.#read.set(range, stretches);
      return range === '24h' ? minuteMs : 5 * minuteMs;
    } catch {
      return failedMs;
    }
  }
}

/**
 * Stored usage of a server beyond the last hour.
 * Reads a range while shown, about once per new sample. Keeps read ranges, so a range that the user chooses again
 * appears at once.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { HistoryRange, UsageSample } from '../../../bridge/schema/history.js';
import type { PerchClient } from '../../api.js';

const minuteMs = 60_000;
/** Delay before the next attempt after a failure (ms). */
const failedMs = 10_000;

export class UsagePast {
  readonly #read = new SvelteMap<HistoryRange, readonly UsageSample[]>();

  constructor(
    private readonly client: Pick<PerchClient, 'call'>,
    private readonly serverId: string,
  ) {}

  /** Oldest first; null until read. */
  of(range: HistoryRange): readonly UsageSample[] | null {
    return this.#read.get(range) ?? null;
  }

  /** Reads a range repeatedly until the returned function is called. */
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

  /** Reads once; returns the delay until the next read (ms). */
  async #ask(range: HistoryRange): Promise<number> {
    try {
      const { samples } = await this.client.call('history.usage', { serverId: this.serverId, range });
      this.#read.set(range, samples);
      return range === '24h' ? minuteMs : 5 * minuteMs;
    } catch {
      return failedMs;
    }
  }
}

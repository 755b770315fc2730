/**
 * States of servers over a span of time until now.
 * Reads several visible servers at once and repeats that while they are visible. Caches results, so scrolling does
 * not read each row again.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { StateRun } from '../../../bridge/schema/history.js';
import type { PerchClient } from '../../api.js';
import type { Now } from '../feeds/now.svelte.js';

/** Delay before asking (ms): scrolling changes the visible rows many times a second. */
const gatherMs = 200;
export const freshMs = 60_000;
export const dayMs = 24 * 3_600_000;
/** Most servers per call; main's limit. */
const most = 500;

interface Known {
  /** When the states were read; the runs end there. Monotonic time, ms since the epoch. */
  readonly at: number;
  readonly runs: readonly StateRun[];
}

export class StatesPast {
  readonly #known = new SvelteMap<string, Known>();
  #wanted: readonly string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: PerchClient,
    private readonly now: Pick<Now, 'read'>,
    private readonly spanMs: number,
  ) {}

  /** Oldest first; null until read. */
  of(serverId: string): Known | null {
    return this.#known.get(serverId) ?? null;
  }

  /** Sets the visible servers; an empty list stops the reading. */
  want(serverIds: readonly string[]): void {
    this.#wanted = serverIds.slice(0, most);
    clearTimeout(this.#timer);
    this.#timer = this.#wanted.length === 0 ? undefined : setTimeout(() => void this.#ask(), gatherMs);
  }

  async #ask(): Promise<void> {
    const to = this.now.read();
    const due = this.#wanted.filter((id) => (this.#known.get(id)?.at ?? -Infinity) <= to - freshMs);
    this.#timer = setTimeout(() => void this.#ask(), freshMs);
    if (due.length === 0) return;
    try {
      const answer = await this.client.call('history.statesOf', {
        serverIds: due,
        from: to - this.spanMs,
        to,
      });
      if (this.#known.size > most) this.#known.clear();
      for (const id of due) {
        const runs = answer.servers.find(({ serverId }) => serverId === id)?.runs ?? [];
        this.#known.set(id, { at: to, runs });
      }
    } catch {
      // A failed read keeps the old states; the next attempt follows.
    }
  }
}

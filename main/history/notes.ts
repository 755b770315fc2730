import type { PastState } from '../../bridge/schema/history.js';
import type { Noted } from './journal.js';
import type { RecentStates } from './recent-states.js';
import type { Row } from './sample-rows.js';

/** Limit for some minutes without writes; after that the oldest entry is dropped. */
const mostSamples = 20_000;

/** Unsaved data, with monotonic times. */
export class Notes {
  #closed: Noted<string>[] = [];
  #changes: { server: string; at: number; state: PastState }[] = [];
  #usage: { server: string; row: Row }[] = [];
  #isFirst = true;

  constructor(private readonly states: RecentStates) {}

  usage(server: string, row: Row): void {
    this.#usage.push({ server, row });
  }

  state(server: string, state: PastState, at: number): void {
    this.#changes.push({ server, at, state });
  }

  /**
   * Makes a journal entry of the data since the last one. `wholeSince` = include every state since then; null = only
   * changes.
   */
  close(at: number, wholeSince: number | null): void {
    const isWhole = wholeSince !== null || this.#isFirst;
    const states = isWhole ? this.#allSince(wholeSince ?? 0, at) : this.#changes;
    const usage = this.#usage;
    const isFirst = this.#isFirst;
    this.#changes = [];
    this.#usage = [];
    // Makes no entry without data while no server is observed.
    if (usage.length + states.length === 0 && this.states.current.every(([, state]) => state === 'unknown'))
      return;
    this.#isFirst = false;
    this.#closed.push({ at, isWhole, isFirst, states, usage });
    while (this.#closed.length > 1 && this.#size > mostSamples) this.#closed.shift();
  }

  /** Unsaved entries, oldest first. */
  get closed(): readonly Noted<string>[] {
    return this.#closed;
  }

  written(entries: readonly Noted<string>[]): void {
    this.#closed = this.#closed.filter((entry) => !entries.includes(entry));
  }

  forget(isGone: (serverId: string) => boolean): void {
    const left = <T extends { server: string }>(all: readonly T[]): T[] =>
      all.filter(({ server }) => !isGone(server));
    this.#changes = left(this.#changes);
    this.#usage = left(this.#usage);
    this.#closed = this.#closed.map((entry) => ({
      ...entry,
      states: left(entry.states),
      usage: left(entry.usage),
    }));
  }

  get #size(): number {
    return this.#closed.reduce((sum, { usage, states }) => sum + usage.length + states.length, 0);
  }

  #allSince(from: number, to: number): { server: string; at: number; state: PastState }[] {
    return this.states.serverIds.flatMap((server) =>
      this.states
        .between(server, from, to + 1)
        .filter(({ at }) => at <= to)
        .map(({ at, state }) => ({ server, at, state })),
    );
  }
}

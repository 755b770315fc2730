import type { PastState } from '../../bridge/schema/history.js';
import { within, type Mark } from './marks.js';

/** States of the servers since the last whole hour. Times are monotonic. */
export class RecentStates {
  readonly #servers = new Map<string, Mark[]>();

  /** Current state of every server. */
  get current(): readonly (readonly [serverId: string, state: PastState])[] {
    return [...this.#servers].map(([id, marks]) => [id, marks.at(-1)?.state ?? 'unknown']);
  }

  get serverIds(): readonly string[] {
    return [...this.#servers.keys()];
  }

  /** Returns false if the state did not change. */
  set(serverId: string, state: PastState, at: number): boolean {
    const marks = this.#servers.get(serverId) ?? [];
    if ((marks.at(-1)?.state ?? 'unknown') === state) return false;
    marks.push({ at, state });
    this.#servers.set(serverId, marks);
    return true;
  }

  /** Adds marks of an earlier run, which end with `unknown`. */
  restore(serverId: string, earlier: readonly Mark[]): void {
    this.#servers.set(serverId, [...earlier, ...(this.#servers.get(serverId) ?? [])]);
  }

  /** Marks the time between `from` and `to` as unknown. */
  missed(from: number, to: number): void {
    for (const marks of this.#servers.values()) {
      const state = marks.at(-1)?.state ?? 'unknown';
      if (state !== 'unknown') marks.push({ at: from, state: 'unknown' }, { at: to, state });
    }
  }

  between(serverId: string, from: number, to: number): readonly Mark[] {
    return within(this.#servers.get(serverId) ?? [], from, to);
  }

  /** Drops marks before this time, except the last, which still applies. */
  trim(before: number): void {
    for (const [id, marks] of this.#servers) {
      const first = Math.max(
        0,
        marks.findLastIndex(({ at }) => at <= before),
      );
      const left = marks.slice(first);
      if (left.every(({ state }) => state === 'unknown')) this.#servers.delete(id);
      else this.#servers.set(id, left);
    }
  }

  forgetAccount(accountId: string): void {
    for (const id of this.#servers.keys()) if (id.startsWith(`${accountId}/`)) this.#servers.delete(id);
  }
}

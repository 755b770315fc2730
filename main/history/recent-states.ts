import type { PastState } from '../../bridge/schema/history.js';
import { within, type Mark } from './marks.js';

/** What the servers were since the last whole hour, and are. Times are monotonic. */
export class RecentStates {
  readonly #servers = new Map<string, Mark[]>();

  /** What every server is now. */
  get current(): readonly (readonly [serverId: string, state: PastState])[] {
    return [...this.#servers].map(([id, marks]) => [id, marks.at(-1)?.state ?? 'unknown']);
  }

  get serverIds(): readonly string[] {
    return [...this.#servers.keys()];
  }

  /** False where that is no news. */
  set(serverId: string, state: PastState, at: number): boolean {
    const marks = this.#servers.get(serverId) ?? [];
    if ((marks.at(-1)?.state ?? 'unknown') === state) return false;
    marks.push({ at, state });
    this.#servers.set(serverId, marks);
    return true;
  }

  /** Marks of an earlier run, which ended in the unknown. */
  restore(serverId: string, earlier: readonly Mark[]): void {
    this.#servers.set(serverId, [...earlier, ...(this.#servers.get(serverId) ?? [])]);
  }

  /** Nobody looked between these two moments. */
  missed(from: number, to: number): void {
    for (const marks of this.#servers.values()) {
      const state = marks.at(-1)?.state ?? 'unknown';
      if (state !== 'unknown') marks.push({ at: from, state: 'unknown' }, { at: to, state });
    }
  }

  between(serverId: string, from: number, to: number): readonly Mark[] {
    return within(this.#servers.get(serverId) ?? [], from, to);
  }

  /** Lets go of what was before that. */
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

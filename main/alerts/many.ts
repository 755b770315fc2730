/** Servers of one node that went at the same time and were told of as one: what follows is a part of it for a while. */
import type { HistoryEvent } from '../../bridge/events.js';
import { isLasting } from '../../bridge/events.js';
import type { News } from './alert.js';

const sameNewsMs = 60_000;

export interface Many {
  readonly node: string;
  readonly first: News;
  /** Entries that are a part of it, by server. */
  readonly entries: Map<string, string>;
  /** Those that last. */
  readonly open: Set<string>;
}

export class ManyAtOnce {
  /** By node, with the steady time at which it was told. */
  readonly #byNode = new Map<string, Many & { readonly at: number }>();

  /** `key` tells nodes of several panels apart; `node` is its name. */
  begin(key: string, node: string, news: readonly News[], now: number): void {
    const [first] = news;
    if (first === undefined) return;
    const many = { node, first, entries: new Map<string, string>(), open: new Set<string>(), at: now };
    this.#byNode.set(key, many);
    for (const { event } of news) note(many, event);
  }

  /** Whether that has been told with it. A server of it that has come up since, and stays down now, is new trouble. */
  isPart(key: string, { event, kind }: News, now: number): boolean {
    const many = this.#byNode.get(key);
    if (many === undefined) return false;
    const known = many.entries.get(event.serverId ?? '');
    if (known === event.id) return true;
    if (now - many.at >= sameNewsMs) return false;
    if (kind === 'stays-down' && known !== undefined) return false;
    note(many, event);
    return true;
  }

  /** The one of which this was the last that went on; null otherwise. */
  ended(eventId: string): Many | null {
    for (const [key, many] of this.#byNode) {
      if (!many.open.delete(eventId)) continue;
      if (many.open.size > 0) return null;
      this.#byNode.delete(key);
      return many;
    }
    return null;
  }

  /** Answers the entries whose alerts are to be taken back: those of the account that are gone from the log. */
  forget(accountId: string, isGone: (eventId: string) => boolean): readonly string[] {
    const gone = [...this.#byNode].filter(
      ([, { first }]) => first.event.accountId === accountId && isGone(first.event.id),
    );
    for (const [key] of gone) this.#byNode.delete(key);
    return gone.map(([, { first }]) => first.event.id);
  }
}

function note({ entries, open }: Many, event: HistoryEvent): void {
  entries.set(event.serverId ?? '', event.id);
  if (isLasting(event)) open.add(event.id);
}

/** Servers of one node that went at the same time and were told of as one: others that follow join them for a while. */
import type { HistoryEvent } from '../../bridge/schema/events.js';
import { isLasting } from '../../bridge/schema/events.js';
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
  /** By node, with the monotonic time at which it was told. */
  readonly #byNode = new Map<string, Many & { readonly at: number }>();

  /** `key` tells nodes of several panels apart; `node` is its name. */
  begin(key: string, node: string, news: readonly News[], now: number): Many | null {
    const [first] = news;
    if (first === undefined) return null;
    const many = { node, first, entries: new Map<string, string>(), open: new Set<string>(), at: now };
    this.#byNode.set(key, many);
    for (const { event } of news) note(many, event);
    return many;
  }

  /**
   * Which of it was told with the others; null for what is told by itself. `joins` = another server of the node, which the
   * others have to be told anew with. A server that has come up since, and went again, is news of its own.
   */
  partOf(key: string, { event }: News, now: number): 'told' | 'joins' | null {
    const many = this.#byNode.get(key);
    if (many === undefined) return null;
    const known = many.entries.get(event.serverId ?? '');
    if (known === event.id) return 'told';
    return known !== undefined || now - many.at >= sameNewsMs ? null : 'joins';
  }

  /** Adds what joins; answers what the notification is about from now on. */
  join(key: string, news: readonly News[]): Many | null {
    const many = this.#byNode.get(key) ?? null;
    if (many !== null) for (const { event } of news) note(many, event);
    return many;
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

  /** Answers those whose alerts are to be taken back: of the account, and gone from the log. */
  forget(accountId: string, isGone: (eventId: string) => boolean): readonly Many[] {
    const gone = [...this.#byNode].filter(
      ([, { first }]) => first.event.accountId === accountId && isGone(first.event.id),
    );
    for (const [key] of gone) this.#byNode.delete(key);
    return gone.map(([, many]) => many);
  }
}

function note({ entries, open }: Many, event: HistoryEvent): void {
  entries.set(event.serverId ?? '', event.id);
  if (isLasting(event)) open.add(event.id);
}

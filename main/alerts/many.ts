/** Servers of one node that share an alert because they went down together. Later servers join for a while. */
import type { HistoryEvent } from '../../bridge/schema/events.js';
import { isLasting } from '../../bridge/schema/events.js';
import type { NotifiableEvent } from './alert.js';

const sameNewsMs = 60_000;

/** True for an event that many servers of a node have at once when the node fails. */
export function isEndOfProcess({ what }: HistoryEvent): boolean {
  return ['crashed', 'went-offline', 'stopped', 'restarted'].includes(what.kind);
}

/** Key of the node for events that several servers may share; null for events that always get an alert each. */
export function nodeKeyOf(event: HistoryEvent, nodeOf: (serverId: string) => string | null): string | null {
  const { serverId, accountId } = event;
  if (serverId === null || !isEndOfProcess(event)) return null;
  return JSON.stringify([accountId, nodeOf(serverId)]);
}

export interface Many {
  readonly node: string;
  readonly first: NotifiableEvent;
  /** Event ids by server id. */
  readonly entries: Map<string, string>;
  /** Ids of the events that still last. */
  readonly open: Set<string>;
}

export class ManyAtOnce {
  /** Groups by the key of their node, with the monotonic time of the alert. */
  readonly #byNode = new Map<string, Many & { readonly at: number }>();

  /** `key` also distinguishes nodes of different panels; `node` is the name for the user. */
  begin(key: string, node: string, news: readonly NotifiableEvent[], now: number): Many | null {
    const [first] = news;
    if (first === undefined) return null;
    const many = { node, first, entries: new Map<string, string>(), open: new Set<string>(), at: now };
    this.#byNode.set(key, many);
    for (const { event } of news) note(many, event);
    return many;
  }

  /**
   * Relation of an event to the group of its node.
   * `told` = the group has this event. `joins` = another server of the node, which has to be added to the group's
   * alert. null = the event gets its own alert, for example the second failure of a server that came back meanwhile.
   */
  partOf(key: string, { event }: NotifiableEvent, now: number): 'told' | 'joins' | null {
    const many = this.#byNode.get(key);
    if (many === undefined) return null;
    const known = many.entries.get(event.serverId ?? '');
    if (known === event.id) return 'told';
    return known !== undefined || now - many.at >= sameNewsMs ? null : 'joins';
  }

  /** Adds the events to the group and returns the group; null if the node has none. */
  join(key: string, news: readonly NotifiableEvent[]): Many | null {
    const many = this.#byNode.get(key) ?? null;
    if (many !== null) for (const { event } of news) note(many, event);
    return many;
  }

  /** The group whose last open event has this id; null for other events. */
  ended(eventId: string): Many | null {
    for (const [key, many] of this.#byNode) {
      if (!many.open.delete(eventId)) continue;
      if (many.open.size > 0) return null;
      this.#byNode.delete(key);
      return many;
    }
    return null;
  }

  /** Removes and returns the groups of the account whose events are gone from the log. */
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

import type { ActivityLine } from '../../bridge/events/merge-fleet-activity.js';
import { keptActivity } from '../../bridge/events/activity-limits.js';
import type { FleetState } from '../../bridge/fleet/changes.js';
import { twinsOf } from '../fleet/twins.js';
import type { ServerRead } from './fleet-activity.js';

/** Most ids of one server in memory: the ids of its list, and of an earlier list that another account may have read. */
const mostIds = 2 * keptActivity.ofServer;

/**
 * Finds the actions of others that are new to a client that follows. The ids of the entries decide: the clocks of nodes
 * and panels differ, and an entry can come minutes after its time.
 */
export class NewLines {
  /** Ids of the entries that the client has seen or will not get, by server; the latest last. */
  readonly #known = new Map<string, Set<string>>();

  /** `since` = wall-clock ms, for the first list of a server that was unread when the client came. */
  constructor(private readonly since: number) {}

  /** Marks the entries of these lists as known. */
  learn(state: FleetState, read: readonly ServerRead[]): void {
    for (const { server, list } of read) {
      if (list === null) continue;
      const key = keyOf(state, server);
      const known = this.#known.get(key) ?? new Set();
      this.#known.set(key, known);
      for (const { id } of (list.entries ?? []).toReversed()) {
        known.delete(id);
        known.add(id);
      }
      for (const id of known) {
        if (known.size <= mostIds) break;
        known.delete(id);
      }
    }
  }

  /** The lines with new entries. `lines` = lines of `read`. */
  among(
    lines: readonly ActivityLine[],
    state: FleetState,
    read: readonly ServerRead[],
  ): readonly ActivityLine[] {
    const knownTo = new Map(
      read.map(({ server }) => [server.id, this.#known.get(keyOf(state, server))] as const),
    );
    return lines.filter(({ entry, of }) => {
      const known = of === null ? undefined : knownTo.get(of.places[0].serverId);
      return known === undefined ? entry.at >= this.since : !known.has(entry.id);
    });
  }
}

/** A key that is the same for a server in all accounts that see it. */
function keyOf(state: FleetState, server: ServerRead['server']): string {
  return twinsOf(state, server)[0]?.id ?? server.id;
}

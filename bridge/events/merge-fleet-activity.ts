/** Merges the activity of all servers with their events. Pure. */
import type { ActivityEntry } from '../schema/activity.js';
import type { EventPlace, HistoryEvent } from '../schema/events.js';
import type { ServerActivity } from '../schema/fleet-activity.js';
import { eventPlacesOf } from './event-places.js';
import { mergeActivity } from './merge-activity.js';

/** A line of another person or program. */
export interface ActivityLine {
  readonly entry: ActivityEntry;
  /** null in a list of one server. */
  readonly of: LinePlace | null;
}

/** Server of a line, with its current names. */
export interface LinePlace {
  readonly server: string;
  readonly panel: string;
  /** The server in each account that sees it; the first account has read the activity. */
  readonly places: readonly [EventPlace & { readonly serverId: string }, ...EventPlace[]];
}

/** Activity of one server, as its panel sent it. */
export interface ReadActivity {
  readonly list: ServerActivity;
  readonly of: LinePlace;
  /** User names of the accounts that see the server. */
  readonly users: ReadonlySet<string>;
}

export interface MergedFleetActivity {
  /** The events, those without a name with the person whom the activity names. */
  readonly events: readonly HistoryEvent[];
  /** Newest first. */
  readonly lines: readonly ActivityLine[];
}

/** `events` = newest first, read back to `from` (wall-clock ms). Each server is in `read` once. */
export function mergeFleetActivity(
  read: readonly ReadActivity[],
  events: readonly HistoryEvent[],
  from: number,
): MergedFleetActivity {
  if (read.length === 0) return { events, lines: [] };
  const byServer = eventsByServer(events);
  const named = new Map<HistoryEvent, HistoryEvent>();
  const lines: ActivityLine[] = [];
  for (const { list, of, users } of read) {
    if (list.entries === null) continue;
    const own = byServer.get(of.places[0].serverId) ?? [];
    const found = mergeActivity(list.entries, own, { users, from });
    if (found.events !== own)
      found.events.forEach((event, place) => {
        const before = own[place];
        if (before !== undefined && before !== event) named.set(before, event);
      });
    for (const entry of found.others) lines.push({ entry, of });
  }
  return {
    events: named.size === 0 ? events : events.map((event) => named.get(event) ?? event),
    lines: lines.sort((a, b) => b.entry.at - a.entry.at),
  };
}

/** Events of each server, also by its ids in other accounts. */
function eventsByServer(events: readonly HistoryEvent[]): ReadonlyMap<string, readonly HistoryEvent[]> {
  const found = new Map<string, HistoryEvent[]>();
  for (const event of events)
    for (const { serverId } of eventPlacesOf(event)) {
      if (serverId === null) continue;
      const others = found.get(serverId);
      if (others === undefined) found.set(serverId, [event]);
      else others.push(event);
    }
  return found;
}

/** Servers that the user opened, newest first, with the time each was last seen. Pure. */
import type { Memory } from '../schema/memory.js';
import { mostKept } from './settings-limits.js';

type Visits = Memory['visits'];

/** Number of servers in the list of recent servers. */
const mostRecent = 10;

/** Adds a visit at the front. `at` = wall-clock time, ms since the epoch. */
export function visited(visits: Readonly<Visits>, serverId: string, at: number): Visits {
  const others = visits.filter((visit) => visit.serverId !== serverId);
  return [{ serverId, at }, ...others].slice(0, mostKept.visits);
}

/** Updates when a server was last seen, without changing the order. */
export function looked(visits: Readonly<Visits>, serverId: string, at: number): Visits {
  return visits.map((visit) => (visit.serverId === serverId ? { serverId, at } : visit));
}

/** Ids of the servers opened last. */
export function recentIds(visits: Readonly<Visits>): string[] {
  return visits.slice(0, mostRecent).map(({ serverId }) => serverId);
}

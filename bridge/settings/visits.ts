/** Which servers the person has opened, the newest first, and until when they have looked at each. Pure. */
import type { Settings } from '../schema/settings.js';
import { mostKept } from './settings-limits.js';

type Visits = Settings['visits'];

/** More are nothing that a person remembers. */
const mostRecent = 10;

/** With this visit. `at` is the system's time. */
export function visited(visits: Readonly<Visits>, serverId: string, at: number): Visits {
  const others = visits.filter((visit) => visit.serverId !== serverId);
  return [{ serverId, at }, ...others].slice(0, mostKept.visits);
}

/** It was looked at until now, in its place. */
export function looked(visits: Readonly<Visits>, serverId: string, at: number): Visits {
  return visits.map((visit) => (visit.serverId === serverId ? { serverId, at } : visit));
}

/** Ids of the servers that were opened last. */
export function recentIds(visits: Readonly<Visits>): string[] {
  return visits.slice(0, mostRecent).map(({ serverId }) => serverId);
}

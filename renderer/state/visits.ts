/** Until when the person has looked at each server: what of it they have seen. Pure. */
import type { Settings } from '../../bridge/settings.js';

type Visit = Settings['visits'][number];

/** As many as the settings take. */
export const mostVisits = 200;

/** With this visit, the newest first. `at` is the system's time. */
export function visited(visits: readonly Visit[], serverId: string, at: number): Visit[] {
  return [{ serverId, at }, ...visits.filter((visit) => visit.serverId !== serverId)].slice(0, mostVisits);
}

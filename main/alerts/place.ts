import type { AlertPlace } from '../../bridge/alerts/alert-settings.js';
import type { Settings } from '../../bridge/schema/settings.js';

/** Place of an event for the rules of the settings: server, groups and panel. */
export function alertPlaceOf(
  { serverId, accountId }: { serverId: string | null; accountId: string },
  groups: Settings['groups'],
): AlertPlace {
  const holds = groups.filter(({ serverIds }) => serverId !== null && serverIds.includes(serverId));
  return { serverId, accountId, groupIds: holds.map(({ id }) => id) };
}

import type { LinePlace } from '../../bridge/events/merge-fleet-activity.js';
import type { ActivityEntry } from '../../bridge/schema/activity.js';
import type { ServerActivity } from '../../bridge/schema/fleet-activity.js';

let count = 0;

/** Anna renames the server at the panel's pages. */
export function anEntry(fields: Partial<ActivityEntry> = {}): ActivityEntry {
  return {
    id: `a${String(++count).padStart(4, '0')}`,
    at: 0,
    event: 'server:settings.rename',
    by: 'anna',
    isApi: false,
    ip: null,
    properties: { old: 'Lobby', new: 'Hub' },
    ...fields,
  };
}

/** Activity of a server as main keeps it; the panel has no more. */
export function someActivity(
  serverId: string,
  entries: readonly ActivityEntry[] | null,
  fields: Partial<ServerActivity> = {},
): ServerActivity {
  return { serverId, readAt: 0, entries, since: null, problem: null, ...fields };
}

export function aLinePlace(serverId = 'home/1', server = 'Survival'): LinePlace {
  const accountId = serverId.slice(0, serverId.indexOf('/'));
  return { server, panel: 'panel.example.com', places: [{ accountId, serverId }] };
}

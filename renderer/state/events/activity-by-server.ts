/** Newest activity by the id of its server, and the activity after a change. Pure. */
import type { ServerActivity } from '../../../bridge/schema/fleet-activity.js';

export type ActivityByServer = ReadonlyMap<string, ServerActivity>;

export const nothingRead: ActivityByServer = new Map();

/** Lists of servers that are gone are dropped. */
export function changedActivity(before: ActivityByServer, some: readonly ServerActivity[]): ActivityByServer {
  const next = new Map(before);
  for (const one of some) {
    if (one.entries === null && one.problem === null) next.delete(one.serverId);
    else next.set(one.serverId, one);
  }
  return next;
}

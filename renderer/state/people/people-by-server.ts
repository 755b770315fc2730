/** Lists of people by the id of their server, and the effect of a change on them. Pure. */
import type { ServerPeople } from '../../../bridge/schema/fleet-people.js';

export type PeopleByServer = ReadonlyMap<string, ServerPeople>;

export const nobodyKnown: PeopleByServer = new Map();

/** Lists of servers that are gone are dropped. */
export function changedPeople(before: PeopleByServer, some: readonly ServerPeople[]): PeopleByServer {
  const next = new Map(before);
  for (const one of some) {
    if (one.people === null && one.problem === null) next.delete(one.serverId);
    else next.set(one.serverId, one);
  }
  return next;
}

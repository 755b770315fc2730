/** Lists of people by the id of their server, and what a change makes of them. Pure. */
import type { ServerPeople } from '../../../bridge/schema/fleet-people.js';

export type KnownPeople = ReadonlyMap<string, ServerPeople>;

export const nobodyKnown: KnownPeople = new Map();

/** Lists of servers that are gone are dropped. */
export function changedPeople(before: KnownPeople, some: readonly ServerPeople[]): KnownPeople {
  const next = new Map(before);
  for (const one of some) {
    if (one.people === null && one.problem === null) next.delete(one.serverId);
    else next.set(one.serverId, one);
  }
  return next;
}

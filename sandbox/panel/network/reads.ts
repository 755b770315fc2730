import type { Allocation, Server } from '../../data/world.js';
import { list } from '../items.js';
import { ok, type Call, type Reply, type RouteContext } from '../route.js';
import { allocationItem } from './items.js';

/** Allocation of the address; null = unknown, or of another server. */
export function findAllocation(
  server: Server,
  { allocation = '' }: Readonly<Record<string, string>>,
): Allocation | null {
  return server.allocations.find(({ id }) => String(id) === allocation) ?? null;
}

/** Allocation of a route that has passed `checkTarget`. */
export function allocationOf({ server, params }: Call<Server>): Allocation {
  const found = findAllocation(server, params);
  if (found === null) throw new Error('The address was checked.');
  return found;
}

/** By id; without pages. */
export function listAllocations(_: RouteContext, { server }: Call<Server>): Reply {
  const byId = server.allocations.toSorted((one, other) => one.id - other.id);
  return ok(list(byId.map((each) => allocationItem(server, each))));
}

import type { Allocation, Server } from '../../data/world.js';

/** An allocation in the format of the API (PROTOCOL 2.21.1). */
export function allocationItem(server: Server, { id, ip, alias, port, notes }: Allocation): unknown {
  return {
    object: 'allocation',
    attributes: { id, ip, ip_alias: alias, port, notes, is_default: id === server.primaryAllocationId },
  };
}

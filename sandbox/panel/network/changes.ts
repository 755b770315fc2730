import type { Allocation, Server } from '../../data/world.js';
import { panelError, unexpected, type PanelError } from '../errors.js';
import { noContent, ok, type Call, type Reply, type RouteContext } from '../route.js';
import { allocationItem } from './items.js';
import { allocationOf } from './reads.js';

/** Takes the notes unchanged; the activity lists only a difference. */
export function noteAllocation(context: RouteContext, call: Call<Server>): Reply {
  const allocation = allocationOf(call);
  const { notes: old } = allocation;
  const { notes = null } = call.input;
  allocation.notes = notes === null ? null : String(notes);
  context.world.saveServer(call.server);
  if (old !== allocation.notes) record(context, call, 'notes', allocation, { old, new: allocation.notes });
  return ok(allocationItem(call.server, allocation));
}

/** The panel shows the new address at once; a running process keeps the port with which it was started. */
export function makePrimary(context: RouteContext, call: Call<Server>): Reply {
  const allocation = allocationOf(call);
  call.server.primaryAllocationId = allocation.id;
  context.world.saveServer(call.server);
  record(context, call, 'primary', allocation);
  return ok(allocationItem(call.server, allocation));
}

/** The limit counts the primary allocation; null and 0 both forbid more. */
export function addAllocation(context: RouteContext, call: Call<Server>): Reply {
  const { server } = call;
  if (server.allocations.length >= (server.featureLimits.allocations ?? 0)) {
    throw refused('Cannot assign additional allocations to this server: limit has been reached.');
  }
  const allocation = freeAllocation(context, server);
  server.allocations.push(allocation);
  context.world.saveServer(server);
  record(context, call, 'create', allocation);
  return ok(allocationItem(server, allocation));
}

export function removeAllocation(context: RouteContext, call: Call<Server>): Reply {
  const { server } = call;
  const allocation = allocationOf(call);
  if ((server.featureLimits.allocations ?? 0) === 0) {
    throw refused('You cannot delete allocations for this server: no allocation limit is set.');
  }
  if (context.dialect.allocations.keepsPrimary && allocation.id === server.primaryAllocationId) {
    throw refused('You cannot delete the primary allocation for this server.');
  }
  server.allocations = server.allocations.filter((each) => each !== allocation);
  context.world.free(server.nodeId, { ...allocation, notes: null });
  context.world.saveServer(server);
  record(context, call, 'delete', allocation);
  return noContent;
}

/** A freed allocation of the node at the address of the primary one, or a new port of the configured range. */
function freeAllocation({ world, dialect, state }: RouteContext, server: Server): Allocation {
  const ports = state.allocationPorts;
  if (ports === null) {
    throw panelError(
      400,
      'AutoAllocationNotEnabledException',
      'Server auto-allocation is not enabled for this instance.',
      'back',
    );
  }
  const primary = server.allocations.find(({ id }) => id === server.primaryAllocationId);
  if (primary === undefined) throw unexpected('ErrorException');
  const { from, to } = ports;
  const isIn = ({ port }: Allocation): boolean => port >= from && port <= to;
  const freed = world.takeFree(
    server.nodeId,
    (each) => each.ip === primary.ip && (!dialect.allocations.staysInRange || isIn(each)),
  );
  if (freed !== null) return freed;
  const others = [...world.servers.values()].filter(({ nodeId }) => nodeId === server.nodeId);
  const taken = new Set(
    others
      .flatMap(({ allocations }) => allocations.filter(({ ip }) => ip === primary.ip))
      .map(({ port }) => port),
  );
  const port = Array.from({ length: to - from + 1 }, (_, at) => from + at).find((each) => !taken.has(each));
  if (port === undefined) {
    throw panelError(
      400,
      'NoAutoAllocationSpaceAvailableException',
      'Cannot assign additional allocation: no more space available on node.',
      'back',
    );
  }
  return { id: world.nextAllocationId(), ip: primary.ip, alias: null, port, notes: null };
}

function refused(detail: string): PanelError {
  return panelError(400, 'DisplayException', detail, 'back');
}

function record(
  { activity }: RouteContext,
  { server, user }: Call<Server>,
  what: string,
  { ip, port }: Allocation,
  more: Record<string, unknown> = {},
): void {
  activity.record(server.uuid, {
    event: `server:allocation.${what}`,
    userUuid: user.uuid,
    properties: { allocation: `${ip}:${port}`, ...more },
  });
}

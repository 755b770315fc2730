/** Routes for one server, its power and its console. */
import type { Server } from '../data/world.js';
import { serverItem, usageItem } from './items.js';
import { permissionsOf } from './permissions.js';
import { noContent, ok, type Call, type Reply, type RouteContext } from './route.js';
import { includesOf } from './server-list.js';
import { isSignal } from './signals.js';

export function viewServer(
  { world, dialect, gateway, state }: RouteContext,
  { user, server, query }: Call<Server>,
): Reply {
  const item = serverItem(server, {
    world,
    dialect,
    state,
    user,
    include: includesOf(query),
    inList: false,
    stateOf: (each) => gateway.state(each),
  });
  const meta = {
    is_server_owner: server.ownerId === user.id,
    user_permissions: permissionsOf(user, server) ?? [],
  };
  return ok(dialect.permissionsIn === 'meta' ? { ...item, meta } : item);
}

export async function viewUsage(
  { gateway, dialect }: RouteContext,
  { server }: Call<Server>,
): Promise<Reply> {
  return ok(usageItem(await gateway.usage(server), server.status === 'suspended', dialect));
}

export async function issueToken({ gateway }: RouteContext, { user, server }: Call<Server>): Promise<Reply> {
  const node = gateway.nodeOf(server);
  const token = await node.issueToken({
    serverUuid: server.uuid,
    userUuid: user.uuid,
    userId: user.id,
    permissions: permissionsOf(user, server) ?? [],
  });
  return ok({ data: { token, socket: gateway.socketUrl(server) } });
}

export async function sendSignal(
  { gateway, dialect, activity }: RouteContext,
  { server, input, user }: Call<Server>,
): Promise<Reply> {
  const { signal } = input;
  if (!isSignal(signal)) throw new Error('The signal was validated.');
  const refusal =
    signal === 'start' && gateway.state(server) !== 'offline' ? dialect.startWhileRunning() : null;
  if (refusal) throw refusal;
  await gateway.power(server, signal, user.uuid);
  activity.record(server.uuid, {
    event: `server:power.${signal}`,
    userUuid: user.uuid,
    properties: {},
  });
  return noContent;
}

export async function sendCommand(
  { gateway, activity }: RouteContext,
  { server, input, user }: Call<Server>,
): Promise<Reply> {
  const command = String(input['command']);
  await gateway.command(server, command, user.uuid);
  activity.record(server.uuid, {
    event: 'server:console.command',
    userUuid: user.uuid,
    properties: { command },
  });
  return noContent;
}

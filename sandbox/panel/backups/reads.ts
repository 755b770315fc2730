import type { Backup, Server } from '../../data/world.js';
import type { World } from '../../records.js';
import { list } from '../items.js';
import { ok, type Call, type Reply, type RouteContext } from '../route.js';
import { paginate } from '../server-list.js';
import { backupItem, counts, shownBackups } from './items.js';

/** Backup of the address; null = unknown, deleted, or of another server. */
export function findBackup(
  world: World,
  server: Server,
  { backup: uuid = '' }: Readonly<Record<string, string>>,
): Backup | null {
  return shownBackups(world, server).find((backup) => backup.uuid === uuid.toLowerCase()) ?? null;
}

/** Backup of a route that has passed `checkTarget`. */
export function backupOf(world: World, { server, params }: Call<Server>): Backup {
  const found = findBackup(world, server, params);
  if (found === null) throw new Error('The address was checked.');
  return found;
}

export function listBackups(
  { world, dialect, url }: RouteContext,
  { server, query, params }: Call<Server>,
): Reply {
  const all = shownBackups(world, server);
  const address = `${url()}/api/client/servers/${params['server'] ?? ''}/backups`;
  const page = paginate(all, query, { default: 20, max: 50, bare: true }, address);
  return ok({
    ...list(page.items.map((backup) => backupItem(backup, dialect))),
    meta: { backup_count: all.filter(counts).length, pagination: page.pagination },
  });
}

export function viewBackup({ world, dialect }: RouteContext, call: Call<Server>): Reply {
  return ok(backupItem(backupOf(world, call), dialect));
}

/** A link is also given for a backup that is still being made, and while the node is down. */
export async function linkBackup(
  { world, gateway, activity, state }: RouteContext,
  call: Call<Server>,
): Promise<Reply> {
  const { server, user } = call;
  const backup = backupOf(world, call);
  const token = await gateway.nodeOf(server).issueLink({
    target: { kind: 'backup', uuid: backup.uuid },
    serverUuid: server.uuid,
    userUuid: user.uuid,
    userId: user.id,
    lifetimeSeconds: state.backupLinkSeconds,
  });
  activity.record(server.uuid, {
    event: 'server:backup.download',
    userUuid: user.uuid,
    properties: { name: backup.name },
  });
  return ok({
    object: 'signed_url',
    attributes: { url: gateway.linkUrl(server, 'download/backup', token) },
  });
}

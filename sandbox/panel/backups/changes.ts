import type { Server } from '../../data/world.js';
import { PanelError, panelError } from '../errors.js';
import { has, permissionsOf } from '../permissions.js';
import { noContent, ok, type Call, type Reply, type RouteContext } from '../route.js';
import { backupItem, counts, newBackup } from './items.js';
import { backupOf, shownBackups } from './reads.js';

/** The throttle comes before the limit. If the node does not take the order, nothing stays behind. */
export async function createBackup(
  { world, gateway, activity, dialect, state, now }: RouteContext,
  { server, user, input }: Call<Server>,
): Promise<Reply> {
  const throttled = throttleOf(world.backupsOf(server.uuid), state.backupThrottle, now());
  if (throttled) throw throttled;
  const limit = server.featureLimits.backups;
  if (shownBackups(world, server).filter(counts).length >= limit) throw tooManyBackups(limit);
  const wantsLock = isTrue(input['is_locked']);
  const ignored = String(input['ignored'] ?? '');
  const backup = newBackup(
    server,
    {
      name: String(input['name'] ?? ''),
      ignored: ignored.split('\n').filter((line) => line !== ''),
      // Who may not delete backups may not lock one either; the wish is ignored.
      locked: wantsLock && has(permissionsOf(user, server) ?? [], 'backup.delete'),
    },
    now(),
  );
  world.saveBackup(backup);
  try {
    await gateway.pass(server, `backup ${backup.name}`, (node) =>
      node.backups.make(server.uuid, { uuid: backup.uuid, ignored }),
    );
  } catch (error) {
    world.removeBackup(backup.uuid);
    throw error;
  }
  activity.record(server.uuid, {
    event: 'server:backup.start',
    userUuid: user.uuid,
    properties: { name: backup.name, locked: wantsLock },
    hasMore: true,
  });
  return ok(backupItem(backup, dialect));
}

/** Deleted and running backups count, failed ones do not; the wait is counted from the newest. */
function throttleOf(
  backups: readonly Parameters<typeof counts>[0][],
  { limit, period }: { limit: number; period: number },
  now: number,
): PanelError | null {
  const recent = backups.filter(
    (backup) => counts(backup) && Date.parse(backup.createdAt) >= now - period * 1000,
  );
  const newest = recent.at(-1);
  if (period === 0 || newest === undefined || recent.length < limit) return null;
  const ends = Math.floor(Date.parse(newest.createdAt) / 1000) + period;
  const detail = `Only ${limit} backups may be generated within a ${period} second span of time.`;
  return new PanelError(429, [{ code: 'TooManyRequestsHttpException', detail }], 'page', {
    'retry-after': String(Math.max(0, Math.floor(ends - now / 1000))),
  });
}

function tooManyBackups(limit: number): PanelError {
  return panelError(
    400,
    'TooManyBackupsException',
    `Cannot create a new backup, this server has reached its limit of ${limit} backups.`,
    'back',
  );
}

export async function deleteBackup(
  { world, gateway, activity, now }: RouteContext,
  call: Call<Server>,
): Promise<Reply> {
  const { server, user } = call;
  const backup = backupOf(world, call);
  if (backup.locked && backup.successful) {
    throw panelError(
      400,
      'BackupLockedException',
      'Cannot delete a backup that is marked as locked.',
      'back',
    );
  }
  // A node that does not have the archive is no reason to keep the record.
  await gateway.pass(
    server,
    `delete backup ${backup.name}`,
    (node) => node.backups.remove(server.uuid, backup.uuid),
    { forgives: [404] },
  );
  backup.deletedAt = new Date(now()).toISOString();
  world.saveBackup(backup);
  activity.record(server.uuid, {
    event: 'server:backup.delete',
    userUuid: user.uuid,
    properties: { name: backup.name, failed: !backup.successful },
    hasMore: true,
  });
  return noContent;
}

export function toggleLock({ world, activity, dialect }: RouteContext, call: Call<Server>): Reply {
  const backup = backupOf(world, call);
  activity.record(call.server.uuid, {
    event: `server:backup.${backup.locked ? 'unlock' : 'lock'}`,
    userUuid: call.user.uuid,
    properties: { name: backup.name },
  });
  backup.locked = !backup.locked;
  world.saveBackup(backup);
  return ok(backupItem(backup, dialect));
}

export function renameBackup({ world, activity, dialect }: RouteContext, call: Call<Server>): Reply {
  const backup = backupOf(world, call);
  const before = backup.name;
  backup.name = String(call.input['name']);
  world.saveBackup(backup);
  if (backup.name !== before) {
    activity.record(call.server.uuid, {
      event: 'server:backup.rename',
      userUuid: call.user.uuid,
      properties: { old_name: before, new_name: backup.name },
    });
  }
  return ok(backupItem(backup, dialect));
}

/** A valid boolean of the validator, as PHP casts it. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === '1';
}

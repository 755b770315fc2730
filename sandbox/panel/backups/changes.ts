import type { Server } from '../../data/world.js';
import { panelError } from '../errors.js';
import { has, permissionsOf } from '../permissions.js';
import { noContent, ok, type Call, type Reply, type RouteContext } from '../route.js';
import { backupItem } from './items.js';
import { backupOf } from './reads.js';
import { dropBackup, startBackup } from './start-backup.js';

export async function createBackup(
  context: RouteContext,
  { server, user, input }: Call<Server>,
): Promise<Reply> {
  const wantsLock = isTrue(input['is_locked']);
  const backup = await startBackup(context, server, {
    name: String(input['name'] ?? ''),
    ignored: String(input['ignored'] ?? ''),
    // Somebody without the permission to delete backups cannot lock a backup; the panel ignores the wish.
    locked: wantsLock && has(permissionsOf(user, server) ?? [], 'backup.delete'),
    makesRoom: false,
  });
  context.activity.record(server.uuid, {
    event: 'server:backup.start',
    userUuid: user.uuid,
    properties: { name: backup.name, locked: wantsLock },
    hasMore: true,
  });
  return ok(backupItem(backup, context.dialect));
}

export async function deleteBackup(context: RouteContext, call: Call<Server>): Promise<Reply> {
  const { server, user } = call;
  const backup = backupOf(context.world, call);
  if (backup.locked && backup.successful) {
    throw panelError(
      400,
      'BackupLockedException',
      'Cannot delete a backup that is marked as locked.',
      'back',
    );
  }
  await dropBackup(context, server, backup);
  context.activity.record(server.uuid, {
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

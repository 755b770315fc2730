import { randomUUID } from 'node:crypto';
import type { Backup, Server } from '../../data/world.js';
import type { World } from '../../records.js';
import type { PanelDialect } from '../dialect.js';

/** A backup in the format of the API (PROTOCOL 2.16.1). */
export function backupItem(backup: Backup, dialect: PanelDialect): Record<string, unknown> {
  return {
    object: 'backup',
    attributes: {
      uuid: backup.uuid,
      is_successful: backup.successful,
      is_locked: backup.locked,
      ...(dialect.pelicanBackups ? { is_scheduled: false } : {}),
      name: backup.name,
      ignored_files: backup.ignored,
      checksum: backup.checksum,
      bytes: backup.bytes,
      created_at: inSeconds(backup.createdAt),
      completed_at: backup.completedAt === null ? null : inSeconds(backup.completedAt),
    },
  };
}

/** A backup that is still to be made. An empty name becomes one with the time, which is UTC. */
export function newBackup(
  server: Server,
  wanted: { name: string; ignored: readonly string[]; locked: boolean },
  now: number,
): Backup {
  const createdAt = new Date(now).toISOString();
  return {
    uuid: randomUUID(),
    serverUuid: server.uuid,
    name: wanted.name || `Backup at ${createdAt.slice(0, 19).replace('T', ' ')}`,
    ignored: [...wanted.ignored],
    locked: wanted.locked,
    successful: false,
    checksum: null,
    bytes: 0,
    createdAt,
    completedAt: null,
    deletedAt: null,
  };
}

/** Backups that the panel shows, oldest first. */
export function shownBackups(world: World, server: Server): Backup[] {
  return world.backupsOf(server.uuid).filter((backup) => backup.deletedAt === null);
}

/** Whether a backup counts for the limit of its server: made, or still being made. */
export function counts(backup: Backup): boolean {
  return backup.successful || backup.completedAt === null;
}

function inSeconds(time: string): string {
  return time.replace(/\.\d+Z$/, '+00:00');
}

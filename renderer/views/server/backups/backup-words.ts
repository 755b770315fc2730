/** Words for backups in the tab. */
import type { MadeBy } from '../../../../bridge/backups/backup-maker.js';
import type { Backup, BackupList } from '../../../../bridge/schema/backups.js';
import { backUpBlock, isGranted, lacking } from '../../../../bridge/panel/permissions.js';
import { useBlock } from '../../../../bridge/panel/permission-words.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import { duration } from '../../../../bridge/text/duration.js';
import { say, spoken } from '../../../../messages/messages.js';
import { bytes } from '../../../ui/text/format.js';
import { isFull, newestGood } from './backup-facts.js';

type Guarded = Pick<Server, 'condition' | 'permissions'>;

/** `3 of 5`, `3 backups`, or that the host allows none. */
export function countWords({ limit, used }: BackupList): string {
  if (limit === null) return say('backups.count', { count: used });
  return limit === 0 ? say('backups.count-none') : say('backups.count-of', { count: used, most: limit });
}

/** Who or what made the backup; empty if unknown. */
export function makerWords({ maker, by }: MadeBy): string {
  if (maker === 'schedule' || maker === 'rule') return say(`backups.by-${maker}`);
  if (by?.kind === 'person') return by.name;
  if (by?.kind !== 'me') return '';
  return by.program === undefined
    ? say('backups.by-perch')
    : say('backups.by-program', { program: by.program });
}

/** When the backup was begun, in these words; or that nobody knows. */
export function begunWords({ createdAt }: Backup, words: (at: number) => string): string {
  return createdAt === null ? say('backups.time-unknown') : words(createdAt);
}

/** How long the backup has been running, and how the newest good one went; empty if unknown. */
export function runningWords(backup: Backup, backups: readonly Backup[], now: number): string {
  if (backup.createdAt === null) return '';
  const time = duration(now - backup.createdAt);
  const last = newestGood(backups);
  const { completedAt = null, createdAt = null } = last ?? {};
  if (last === null || completedAt === null || createdAt === null) return say('backups.runs', { time });
  const took = duration(completedAt - createdAt);
  return say('backups.runs-like', { time, took, size: bytes(last.bytes) });
}

/** Why the user cannot make a backup now; null if possible. */
export function createBlock(
  server: Parameters<typeof backUpBlock>[0],
  list: BackupList | null,
): string | null {
  const block = backUpBlock(server);
  if (block !== null) return spoken(block);
  if (list === null || !isFull(list)) return null;
  return list.limit === 0 ? say('backups.none-allowed') : say('backups.full', { most: list.limit ?? 0 });
}

/** Why this backup cannot be restored now; null if it can. */
export function restoreBlock(server: Guarded, { state }: Pick<Backup, 'state'>): string | null {
  return useBlock(server, 'backup.restore') ?? (state === 'good' ? null : say(`backups.restore-${state}`));
}

/** Why the archive of this backup cannot be downloaded now; null if it can. */
export function downloadBlock(server: Guarded, { state }: Pick<Backup, 'state'>): string | null {
  const block = useBlock(server, 'backup.download');
  if (block !== null || state === 'good') return block;
  return say(state === 'running' ? 'backups.restore-running' : 'backups.download-failed');
}

/** Why this backup cannot be deleted now; null if it can. Only a complete backup is kept by its lock (PROTOCOL 2.16.9). */
export function deleteBlock(
  server: Guarded,
  { state, locked }: Pick<Backup, 'state' | 'locked'>,
): string | null {
  const block = useBlock(server, 'backup.delete');
  return block ?? (locked && state === 'good' ? say('backups.locked-first') : null);
}

/** Why the list is not shown; null if the key may read it. */
export function readRefusal({ permissions }: Guarded): string | null {
  return isGranted(permissions, 'backup.read') ? null : spoken(lacking('backup.read'));
}

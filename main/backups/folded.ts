/** Changes to a known list of backups. Pure. */
import type { Backup, BackupList } from '../../bridge/schema/backups.js';

/** End of a backup, as the node reports it (PROTOCOL 4.5). */
export interface BackupEnd {
  readonly isSuccessful: boolean;
  readonly sha1: string | null;
  readonly bytes: number;
}

/** The list with a new or changed backup. */
export function withBackup(list: BackupList, backup: Backup): BackupList {
  const before = list.backups.find(({ id }) => id === backup.id);
  const others = list.backups.filter(({ id }) => id !== backup.id);
  const backups = [...others, backup].sort((one, other) => (other.createdAt ?? 0) - (one.createdAt ?? 0));
  return {
    ...list,
    backups,
    used: list.used + counted(backup) - (before === undefined ? 0 : counted(before)),
  };
}

export function withoutBackup(list: BackupList, id: string): BackupList {
  const gone = list.backups.find((backup) => backup.id === id);
  if (gone === undefined) return list;
  const backups = list.backups.filter((backup) => backup !== gone);
  return { ...list, backups, used: list.used - counted(gone) };
}

/** The backup after its end; `at` = time of the end by the panel's clock. A failed backup has no lock (PROTOCOL 2.16.10). */
export function ended(backup: Backup, { isSuccessful, sha1, bytes }: BackupEnd, at: number): Backup {
  const completedAt = Math.max(at, backup.createdAt ?? at);
  if (isSuccessful) return { ...backup, state: 'good', sha1, bytes, completedAt };
  return { ...backup, state: 'failed', locked: false, completedAt };
}

/** Failed backups do not count towards the limit (PROTOCOL 2.16.2). */
function counted({ state }: Backup): number {
  return state === 'failed' ? 0 : 1;
}

/** Rows of the tab: the backups on the panel, and copies on this computer whose backups the panel no longer has. Pure. */
import type { Problem } from '../../../../bridge/errors.js';
import type { BackupCopy, ServerCopies } from '../../../../bridge/schema/backup-copies.js';
import type { Backup } from '../../../../bridge/schema/backups.js';
import { timeOrDay } from '../../../../bridge/text/time-of-day.js';
import { say } from '../../../../messages/messages.js';

export interface RowCopy {
  /**
   * Where the archive is: only on this computer, only on the panel, or both; `kept` = on this computer, and the panel
   * has not said whether it has the backup. null for a backup without an archive.
   */
  readonly place: 'here' | 'kept' | 'there' | 'both' | null;
  /** Whether a person asked for the copy, so that no rule deletes it. */
  readonly isKept: boolean;
  readonly isComing: boolean;
  /** Why the last attempt failed. */
  readonly problem: Problem | null;
  /** Why the user cannot fetch a copy now; null if possible. */
  readonly fetchBlock: string | null;
}

export interface BackupRowItem {
  readonly backup: Backup;
  /** null while nobody has copies in mind: no folder for copies, and none exist. */
  readonly copy: RowCopy | null;
}

/** Whether this computer has a copy. */
export function isHere(copy: RowCopy | null): copy is RowCopy & { place: 'here' | 'kept' | 'both' } {
  return copy !== null && copy.place !== null && copy.place !== 'there';
}

/** Whether only this computer is known to have the backup. */
export function isOnlyCopy(copy: RowCopy | null): boolean {
  return copy?.place === 'here' || copy?.place === 'kept';
}

/** `list` = backups of the panel, newest first; null = it has not answered. `now` = wall-clock time. */
export function backupRows(
  list: readonly Backup[] | null,
  copies: ServerCopies | null,
  now: number,
): BackupRowItem[] {
  const backups = list ?? [];
  if (copies === null || (copies.folder === 'none' && copies.copies.length === 0)) {
    return backups.map((backup) => ({ backup, copy: null }));
  }
  const known = new Set(backups.map(({ id }) => id));
  const here = new Map(copies.copies.map((copy) => [copy.id, copy]));
  const gone = new Map(copies.copies.filter(({ id }) => !known.has(id)).map((copy) => [copy.id, copy]));
  const place = list === null ? 'kept' : 'here';
  return [
    ...backups.map((backup) => ({ backup, copy: rowCopy(backup, here.get(backup.id), copies) })),
    ...[...gone.values()].map((copy) => ({
      backup: asBackup(copy, now),
      copy: {
        place,
        isKept: copy.isKept === true,
        isComing: false,
        problem: null,
        fetchBlock: null,
      } as const,
    })),
  ].toSorted((one, other) => (other.backup.createdAt ?? 0) - (one.backup.createdAt ?? 0));
}

function rowCopy(
  { id, state }: Backup,
  copy: BackupCopy | undefined,
  { folder, coming, failed }: ServerCopies,
): RowCopy {
  const isComing = coming.includes(id);
  return {
    place: copy !== undefined ? 'both' : state === 'good' ? 'there' : null,
    isKept: copy?.isKept === true,
    isComing,
    problem: failed.find(({ backup }) => backup === id)?.problem ?? null,
    fetchBlock:
      folder === 'ready' ? (isComing ? say('copies.coming-long') : null) : say(`copies.folder-${folder}`),
  };
}

/** The panel's name of the backup is lost with the backup. */
function asBackup({ id, createdAt, bytes }: BackupCopy, now: number): Backup {
  return {
    id,
    name: say('copies.of-time', { time: timeOrDay(createdAt, now) }),
    state: 'good',
    locked: false,
    bytes,
    sha1: null,
    ignored: [],
    createdAt,
    completedAt: null,
    bySchedule: null,
  };
}

/** Filters by the age of the newest good backup. Pure. */
import type { Server } from '../../../bridge/schema/domain.js';

const dayMs = 86_400_000;

/** Age in ms from which a newest backup counts as none. */
const oldFrom = { 'backup-day': dayMs, 'backup-week': 7 * dayMs, 'backup-none': Infinity } as const;

export type BackupFilter = keyof typeof oldFrom;

export const backupFilters: readonly BackupFilter[] = ['backup-day', 'backup-week', 'backup-none'];

export function isBackupFilter(only: string | null): only is BackupFilter {
  return only !== null && Object.hasOwn(oldFrom, only);
}

/** Servers whose backups were never read do not count. `wall` = wall-clock time, ms since the epoch. */
export function lacksBackup(
  { lastBackup }: Pick<Server, 'lastBackup'>,
  filter: BackupFilter,
  wall: number,
): boolean {
  if (lastBackup === undefined) return false;
  return lastBackup === null || wall - lastBackup.at >= oldFrom[filter];
}

/** Which planned backups were missed and are still missing. Pure. */
import type { BackupPlan, LastPlanned } from '../schema/backup-plans.js';
import type { LastBackup } from '../schema/domain.js';

export function isMissed({ outcome }: LastPlanned): boolean {
  return outcome === 'failed' || outcome === 'refused' || outcome === 'closed' || outcome === 'unreachable';
}

/** Whether Perch offers to make the backup now: it was missed, and no good backup was begun since. */
export function isOffered({ last }: BackupPlan, newest: LastBackup | null | undefined): boolean {
  return last !== null && isMissed(last) && (newest?.at ?? -Infinity) < last.at;
}

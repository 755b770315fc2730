/** Facts about a list of backups that the tab states before the user acts. Pure; times by the panel's clock. */
import type { Backup, BackupList } from '../../../../bridge/schema/backups.js';

/** A panel's usual throttle (PROTOCOL 2.16.4); a host may set other numbers. */
const throttle = { backups: 2, ms: 600_000 };

export function newestGood(backups: readonly Backup[]): Backup | null {
  return backups.find(({ state }) => state === 'good') ?? null;
}

export function runningOf(backups: readonly Backup[]): readonly Backup[] {
  return backups.filter(({ state }) => state === 'running');
}

/** Whether the limit allows no further backup. */
export function isFull({ limit, used }: BackupList): boolean {
  return limit !== null && used >= limit;
}

/**
 * When the panel usually accepts the next backup; null = now, as far as the list shows: deleted backups count as well,
 * and failed backups do not.
 */
export function throttledUntil(backups: readonly Backup[], now: number): number | null {
  const recent = backups
    .filter(({ state }) => state !== 'failed')
    .flatMap(({ createdAt }) => (createdAt !== null && createdAt > now - throttle.ms ? [createdAt] : []));
  const [newest] = recent;
  return newest === undefined || recent.length < throttle.backups ? null : newest + throttle.ms;
}

/** Facts about a list of backups that the tab states before the user acts. Pure; times by the panel's clock. */
import type { Backup, BackupList } from '../../../../bridge/schema/backups.js';
import type { Actor, HistoryEvent } from '../../../../bridge/schema/events.js';

/** A panel's usual throttle (PROTOCOL 2.16.4); a host may set other numbers. */
const throttle = { backups: 2, ms: 600_000 };
/** The event of a backup and the panel's time of its end differ by no more than this. */
const aroundMs = 60_000;

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
 * When the panel usually accepts the next backup; null = now, as far as the list tells: deleted backups count as well,
 * and failed ones do not.
 */
export function throttledUntil(backups: readonly Backup[], now: number): number | null {
  const recent = backups.filter(
    ({ state, createdAt }) => state !== 'failed' && createdAt > now - throttle.ms,
  );
  const [newest] = recent;
  return newest === undefined || recent.length < throttle.backups ? null : newest.createdAt + throttle.ms;
}

/** Who or what made the backup, as far as the panel and the newest events tell. */
export function makerOf(
  backup: Backup,
  serverId: string,
  events: readonly HistoryEvent[],
): Actor | 'schedule' | null {
  if (backup.bySchedule === true) return 'schedule';
  const { completedAt } = backup;
  if (completedAt === null) return null;
  const event = events.find(
    ({ serverId: of, what, at }) =>
      of === serverId &&
      what.kind === 'backup' &&
      what.name === backup.name &&
      Math.abs(at - completedAt) <= aroundMs,
  );
  return (event?.what.kind === 'backup' ? event.what.by : undefined) ?? null;
}

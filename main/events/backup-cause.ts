/** Finds in the panel's activity what happened to a backup, and who began it (PROTOCOL 2.16.19). Pure. */
import type { Actor } from '../../bridge/schema/event-actor.js';
import type { BackupActivity, PanelActivity } from '../fleet/api.js';

/** Tolerated difference between the clocks, and the time to delete large files. */
const aroundMs = 60_000;
/** The panel writes down a beginning in the second in which the backup was made, in whole seconds. */
const sameMs = 2000;
/** Longest time that a backup or a restoration takes (PROTOCOL 2.16.8). */
const longestMs = 6 * 3_600_000;

interface Cause {
  readonly name: string;
  readonly by?: Actor;
}

interface EndedBackup {
  readonly name?: string | undefined;
  /** By the panel's clock. */
  readonly createdAt?: number | undefined;
  readonly end: 'complete' | 'fail' | 'delete';
  readonly wall: number;
}

/** The backup that ended or was deleted at `wall`; null if the panel lists no such end. */
export function backupCause(
  activity: readonly PanelActivity[],
  { name, createdAt, end, wall }: EndedBackup,
): Cause | null {
  const ended = endOf(activity, [end], wall, name);
  if (ended === null) return null;
  return end === 'delete'
    ? causeOf(ended, ended)
    : causeOf(ended, beginOf(activity, 'start', ended, createdAt));
}

/** Outcome of the restoration that ended at `wall`; null if the panel lists none. */
export function restorationCause(
  activity: readonly PanelActivity[],
  wall: number,
): (Cause & { readonly isSuccessful: boolean }) | null {
  const ended = endOf(activity, ['restore-complete', 'restore-failed'], wall);
  if (ended === null) return null;
  const isSuccessful = ended.backup === 'restore-complete';
  return { ...causeOf(ended, beginOf(activity, 'restore', ended)), isSuccessful };
}

function endOf(
  activity: readonly PanelActivity[],
  ends: readonly BackupActivity['backup'][],
  wall: number,
  name?: string,
): BackupActivity | null {
  const fitting = activity.filter(
    (entry): entry is BackupActivity =>
      'backup' in entry &&
      ends.includes(entry.backup) &&
      Math.abs(entry.at - wall) <= aroundMs &&
      (name === undefined || entry.name === name),
  );
  return fitting.toSorted((one, other) => Math.abs(one.at - wall) - Math.abs(other.at - wall))[0] ?? null;
}

/**
 * The newest beginning with the same name before the end, and at `createdAt` if that is known; null if several of them
 * are by different persons, because the panel does not say which backup is meant.
 */
function beginOf(
  activity: readonly PanelActivity[],
  begin: 'start' | 'restore',
  { at, name }: BackupActivity,
  createdAt?: number,
): BackupActivity | null {
  const fitting = activity.filter(
    (entry): entry is BackupActivity =>
      'backup' in entry &&
      entry.backup === begin &&
      entry.name === name &&
      entry.at <= at &&
      at - entry.at <= longestMs &&
      (createdAt === undefined || Math.abs(entry.at - createdAt) <= sameMs),
  );
  const [newest = null] = fitting.toSorted((one, other) => other.at - one.at);
  return fitting.every(({ by }) => by === newest?.by) ? newest : null;
}

function causeOf({ name }: BackupActivity, done: BackupActivity | null): Cause {
  return done === null || done.by === null ? { name } : { name, by: { kind: 'person', name: done.by } };
}

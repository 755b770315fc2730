/** Finds in the panel's activity what happened to a backup, and who began it (PROTOCOL 2.16.19). Pure. */
import type { Actor } from '../../bridge/schema/events.js';
import type { BackupActivity, PanelActivity } from '../fleet/api.js';

/** Tolerated difference between the clocks, and the time to delete large files. */
const aroundMs = 60_000;
/** Longest time that a backup or a restoration takes (PROTOCOL 2.16.8). */
const longestMs = 6 * 3_600_000;

interface Cause {
  readonly name: string;
  readonly by?: Actor;
}

/** The backup that ended or was deleted at `wall`; null if the panel lists no such end. */
export function backupCause(
  activity: readonly PanelActivity[],
  { name, end, wall }: { name?: string | undefined; end: 'complete' | 'fail' | 'delete'; wall: number },
): Cause | null {
  const ended = endOf(activity, [end], wall, name);
  if (ended === null) return null;
  return end === 'delete' ? causeOf(ended, ended) : causeOf(ended, beginOf(activity, 'start', ended));
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

/** The newest beginning with the same name before the end. */
function beginOf(
  activity: readonly PanelActivity[],
  begin: 'start' | 'restore',
  { at, name }: BackupActivity,
): BackupActivity | null {
  const fitting = activity.filter(
    (entry): entry is BackupActivity =>
      'backup' in entry &&
      entry.backup === begin &&
      entry.name === name &&
      entry.at <= at &&
      at - entry.at <= longestMs,
  );
  return fitting.toSorted((one, other) => other.at - one.at)[0] ?? null;
}

function causeOf({ name }: BackupActivity, done: BackupActivity | null): Cause {
  return done === null || done.by === null ? { name } : { name, by: { kind: 'person', name: done.by } };
}

/** The newest good backup of a list, the rhythm of good backups, and whether one is missing. Pure. */
import type { Backup } from '../../bridge/schema/backups.js';
import type { LastBackup, Server } from '../../bridge/schema/domain.js';

/** Number of newest good backups that show a rhythm: three at least. */
export const rhythmOf = 4;
const fewest = 3;
/** Shorter times come from a person who makes several backups in a row. */
const shortestMs = 3_600_000;
/** The longest time between two backups is at most this many times the shortest. */
const mostUneven = 1.25;

/**
 * null if no backup is good; undefined if the time of a good one cannot be read, which may be the newest. `backups` in
 * any order.
 */
export function newestOf(backups: readonly Backup[]): LastBackup | null | undefined {
  const listed = backups.filter(({ state }) => state === 'good');
  const good = listed.filter((backup) => isDated(backup));
  if (good.length < listed.length) return undefined;
  good.sort((one, other) => other.createdAt - one.createdAt);
  const [newest] = good;
  if (newest === undefined) return null;
  const { id, createdAt, bytes } = newest;
  return {
    id,
    at: createdAt,
    bytes,
    everyMs: rhythm(good.slice(0, rhythmOf).map((backup) => backup.createdAt)),
  };
}

function isDated<T extends Pick<Backup, 'createdAt'>>(
  backup: T,
): backup is T & { readonly createdAt: number } {
  return backup.createdAt !== null;
}

/** Longest time between the backups that began at `times`, newest first; null without a rhythm. */
function rhythm(times: readonly number[]): number | null {
  if (times.length < fewest) return null;
  const gaps = times.slice(1).map((time, at) => (times[at] ?? time) - time);
  const [shortest, longest] = [Math.min(...gaps), Math.max(...gaps)];
  return shortest < shortestMs || longest > shortest * mostUneven ? null : longest;
}

const dayMs = 86_400_000;
/** A rhythm has stopped after this many times its distance. */
const missedAfter = 2;

/**
 * Whether a good backup is missing: the newest is older than the rule allows, or its rhythm has stopped. Without a rule
 * (0 days), a server without a good backup misses none. `wall` = time by the panel's clock, ms since the epoch.
 */
export function isOverdue(
  { limits, lastBackup }: Pick<Server, 'limits' | 'lastBackup'>,
  goodDays: number,
  wall: number,
): boolean {
  if (lastBackup === undefined || limits.backups === 0) return false;
  if (lastBackup === null) return goodDays > 0;
  const { at, everyMs } = lastBackup;
  const longest = goodDays > 0 ? goodDays * dayMs : (everyMs ?? Infinity) * missedAfter;
  return wall - at > longest;
}

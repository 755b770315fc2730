/** Which backups of a server are copied to this computer, and which copies go. Pure. */
import type { Calendar } from '../../bridge/backups/calendar.js';
import { retain, type KeptBackup } from '../../bridge/backups/retention.js';
import type { BackupCopy } from '../../bridge/schema/backup-copies.js';
import type { BackupFetch, Keep } from '../../bridge/schema/backup-rules.js';
import type { Backup } from '../../bridge/schema/backups.js';
import { copyFile } from './copies-names.js';

export interface CopiesRule {
  readonly fetch: BackupFetch;
  /** null = keep all copies. */
  readonly keep: Keep | null;
  readonly calendar: Calendar;
}

export interface CopiesPlan {
  /** Oldest first. */
  readonly fetch: readonly BackupCopy[];
  /** Oldest first. */
  readonly remove: readonly BackupCopy[];
}

/**
 * A copy that a person asked for stays, and takes no place among the numbers. A copy that the rule would delete at once
 * is not fetched. No copy goes before its newer replacement is here, or while the newest backup on the panel has
 * failed.
 */
export function copiesPlan(
  panel: readonly Backup[],
  here: readonly BackupCopy[],
  { fetch, keep, calendar }: CopiesRule,
): CopiesPlan {
  if (fetch === 'none') return { fetch: [], remove: [] };
  const rule = { keep, byHand: false, restoring: new Set<string>(), calendar };
  const failed = panel.filter(({ state }) => state === 'failed').map((backup) => notGood(backup));
  const missing = missingCopies(panel, here);
  const wanted = fetch === 'each' ? missing : newestOfDays(missing, here, calendar);
  const stays = retain(
    [...here, ...wanted].map((copy) => good(copy)),
    rule,
  );
  const goes = new Set(stays.goes);
  const now = retain([...failed, ...here.map((copy) => good(copy))], rule);
  const removed = new Set(now.goes);
  return {
    fetch: oldestFirst(wanted.filter(({ file }) => !goes.has(file))),
    remove: oldestFirst(here.filter(({ file }) => removed.has(file))),
  };
}

function notGood({ id, createdAt }: Backup): KeptBackup {
  return { id, createdAt: createdAt ?? 0, state: 'failed', locked: false, maker: 'rule' };
}

function good({ file, createdAt, isKept }: BackupCopy): KeptBackup {
  const maker = isKept === true ? 'person' : 'rule';
  return { id: file, createdAt, state: 'good', locked: false, maker };
}

/** Good backups without a copy. The name of a copy needs a time. */
export function missingCopies(panel: readonly Backup[], here: readonly BackupCopy[]): BackupCopy[] {
  const ids = new Set(here.map(({ id }) => id));
  return panel.flatMap(({ id, state, createdAt, bytes }) => {
    if (createdAt === null) return [];
    const copy = { id, createdAt: Math.floor(createdAt / 1000) * 1000, bytes };
    const file = state === 'good' && !ids.has(id) ? copyFile(copy) : null;
    return file === null ? [] : [{ ...copy, file }];
  });
}

/** The newest backup of each day without a copy. */
function newestOfDays(
  missing: readonly BackupCopy[],
  here: readonly BackupCopy[],
  calendar: Calendar,
): BackupCopy[] {
  const days = new Set(here.map(({ createdAt }) => calendar.dayOf(createdAt)));
  return oldestFirst(missing)
    .toReversed()
    .filter(({ createdAt }) => {
      const day = calendar.dayOf(createdAt);
      const isFirst = !days.has(day);
      days.add(day);
      return isFirst;
    });
}

/** Names begin with the time. */
function oldestFirst(copies: readonly BackupCopy[]): BackupCopy[] {
  return copies.toSorted((one, other) => (one.file < other.file ? -1 : 1));
}

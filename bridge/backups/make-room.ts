/** Which backups to delete before a new one, if the host limits their number. Pure. */
import {
  deletingKeep,
  isNewestFailed,
  newestFirst,
  retain,
  type KeptBackup,
  type RetentionRule,
} from './retention.js';

/**
 * Why there is no room for a new backup.
 * `not-allowed` = the host allows no backups; `no-rule` = no rule deletes any; `failed` = the newest finished backup has
 * failed; `only-good` = only the newest good backup could go; `kept` = the rule, a lock or a person keeps them all.
 */
export type NoRoom = 'not-allowed' | 'no-rule' | 'failed' | 'only-good' | 'kept';

/** `ids`: to delete before the new backup, oldest first; empty if there is room. */
export type Room =
  | { readonly kind: 'room'; readonly ids: readonly string[] }
  | { readonly kind: 'none'; readonly why: NoRoom };

export interface RoomFor {
  /** Most backups that the host allows; 0 = none, null = unknown or unlimited. */
  readonly limit: number | null;
  /** Time of the new backup, ms since the epoch. */
  readonly now: number;
}

/**
 * The backups that the rule deletes once the new backup exists, as many as the limit requires. The newest good backup is
 * never among them, because the new one may fail.
 */
export function makeRoom(backups: readonly KeptBackup[], rule: RetentionRule, { limit, now }: RoomFor): Room {
  if (limit === 0) return { kind: 'none', why: 'not-allowed' };
  // Failed backups take no place (PROTOCOL 2.16.2).
  const used = backups.filter(({ state }) => state !== 'failed').length;
  const missing = limit === null ? 0 : used + 1 - limit;
  if (missing <= 0) return { kind: 'room', ids: [] };
  if (deletingKeep(rule.keep) === null) return { kind: 'none', why: 'no-rule' };
  if (isNewestFailed(backups)) return { kind: 'none', why: 'failed' };
  const newestGood = newestFirst(backups).find(({ state }) => state === 'good')?.id;
  const { goes } = retain([...backups, nextBackup(backups, now)], rule);
  const free = goes.filter((id) => id !== newestGood);
  if (free.length >= missing) return { kind: 'room', ids: free.slice(0, missing) };
  return { kind: 'none', why: goes.length >= missing ? 'only-good' : 'kept' };
}

/** The new backup as if it were good. It counts as the newest, even if the panel's clock is ahead. */
function nextBackup(backups: readonly KeptBackup[], now: number): KeptBackup {
  const createdAt = Math.max(now, ...backups.map((backup) => backup.createdAt));
  // No id sorts before the empty one.
  return { id: '', createdAt, state: 'good', locked: false, maker: 'rule' };
}

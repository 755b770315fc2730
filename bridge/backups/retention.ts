/**
 * Which backups of a server stay and which may be deleted, by the rule "keep the last N, N daily, N weekly, N monthly".
 *
 * A tier keeps the newest backup of each of the N latest days (weeks, months) that have a backup. Only good backups that
 * the rule may delete take a place in a tier, so a locked backup or one made by a person never displaces another one.
 */
import type { Keep } from '../schema/backup-rules.js';
import type { Calendar } from './calendar.js';

/** Who made a backup. `rule` = Perch by a rule; `unknown` = the panel does not say. */
export type BackupMaker = 'rule' | 'schedule' | 'person' | 'unknown';

export interface KeptBackup {
  readonly id: string;
  /** ms since the epoch. */
  readonly createdAt: number;
  readonly state: 'running' | 'good' | 'failed';
  readonly locked: boolean;
  readonly maker: BackupMaker;
}

export const tiers = ['last', 'daily', 'weekly', 'monthly'] as const;
/** Why the rule keeps a backup. */
export type KeptFor = (typeof tiers)[number];

/** Why the rule may not delete a backup. `by-hand`: a person made it, or nobody knows who did. */
type Untouchable = 'running' | 'failed' | 'restoring' | 'locked' | 'by-hand';

export interface RetentionRule {
  /** null = keep all. */
  readonly keep: Keep | null;
  /** True if the rule may delete backups that a person made. */
  readonly byHand: boolean;
  /** Ids of backups from which a server is being restored now. */
  readonly restoring: ReadonlySet<string>;
  readonly calendar: Calendar;
}

export interface Retention {
  /** Newest first. */
  readonly kept: readonly { readonly id: string; readonly for: readonly KeptFor[] }[];
  /** Newest first. */
  readonly untouched: readonly { readonly id: string; readonly why: Untouchable }[];
  /** Ids of the backups to delete, oldest first. */
  readonly goes: readonly string[];
  /** Ids that stay only because the newest finished backup has failed, oldest first. */
  readonly held: readonly string[];
}

/** The numbers of a rule that deletes backups; null = the rule keeps all backups, as does a rule without numbers. */
export function deletingKeep(keep: Keep | null): Keep | null {
  return keep === null || tiers.every((tier) => keep[tier] === 0) ? null : keep;
}

/** The result does not depend on the order of `backups`. */
export function retain(backups: readonly KeptBackup[], rule: RetentionRule): Retention {
  const keep = deletingKeep(rule.keep);
  const newest = newestFirst(backups);
  const untouched = newest.flatMap((backup) => {
    const why = untouchable(backup, rule);
    return why === null ? [] : [{ id: backup.id, why }];
  });
  const managed = newest.filter((backup) => untouchable(backup, rule) === null);
  const reasons = keep === null ? null : reasonsOf(managed, keep, rule.calendar);
  const isKept = ({ id }: KeptBackup): boolean => reasons === null || reasons.has(id);
  const others = managed.filter((backup) => !isKept(backup)).map(({ id }) => id);
  const goes = others.toReversed();
  const isHeld = isNewestFailed(newest);
  return {
    kept: managed.filter(isKept).map(({ id }) => ({ id, for: reasons?.get(id) ?? [] })),
    untouched,
    goes: isHeld ? [] : goes,
    held: isHeld ? goes : [],
  };
}

/** True if the newest finished backup has failed. Of several in the same second, one that failed is enough. */
export function isNewestFailed(backups: readonly KeptBackup[]): boolean {
  const finished = backups.filter(({ state }) => state !== 'running');
  const latest = Math.max(...finished.map(({ createdAt }) => createdAt));
  return finished.some(({ state, createdAt }) => state === 'failed' && createdAt === latest);
}

/** Backups of the same second are sorted by id. */
export function newestFirst(backups: readonly KeptBackup[]): KeptBackup[] {
  return backups.toSorted((one, other) => other.createdAt - one.createdAt || (one.id < other.id ? -1 : 1));
}

function untouchable(
  { id, state, locked, maker }: KeptBackup,
  { byHand, restoring }: RetentionRule,
): Untouchable | null {
  if (state !== 'good') return state;
  if (restoring.has(id)) return 'restoring';
  if (locked) return 'locked';
  return !byHand && (maker === 'person' || maker === 'unknown') ? 'by-hand' : null;
}

/** The tiers that keep each backup, by id. `managed`: newest first. */
function reasonsOf(
  managed: readonly KeptBackup[],
  keep: Keep,
  calendar: Calendar,
): ReadonlyMap<string, readonly KeptFor[]> {
  const spans: Record<KeptFor, (backup: KeptBackup) => string | number> = {
    last: ({ id }) => id,
    daily: ({ createdAt }) => calendar.dayOf(createdAt),
    weekly: ({ createdAt }) => calendar.weekOf(createdAt),
    monthly: ({ createdAt }) => calendar.monthOf(createdAt),
  };
  const reasons = new Map<string, KeptFor[]>();
  for (const tier of tiers) {
    const seen = new Set<string | number>();
    for (const backup of managed) {
      const span = spans[tier](backup);
      if (seen.size >= keep[tier]) break;
      if (seen.has(span)) continue;
      seen.add(span);
      reasons.set(backup.id, [...(reasons.get(backup.id) ?? []), tier]);
    }
  }
  return reasons;
}

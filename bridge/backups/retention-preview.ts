/** Plays a rule over the coming days, with a backup each day, for the preview of the settings. Pure. */
import { makeRoom, type NoRoom } from './make-room.js';
import { newestFirst, retain, type KeptBackup, type KeptFor, type RetentionRule } from './retention.js';

export interface Play {
  readonly rule: RetentionRule;
  /** Backups that exist already. */
  readonly backups: readonly KeptBackup[];
  /** Most backups that the host allows; 0 = none, null = unknown or unlimited. */
  readonly limit: number | null;
  /** ms since the epoch. */
  readonly now: number;
  /** Number of days to play. */
  readonly days: number;
  /** Time of the daily backup, in minutes since local midnight. */
  readonly minute: number;
}

interface Survivor {
  readonly createdAt: number;
  /** Empty if the rule does not decide about the backup. */
  readonly for: readonly KeptFor[];
}

/** One played day. */
export interface PlayedDay {
  /** Day as `Calendar.dayOf` counts it. */
  readonly day: number;
  /** Time of the daily backup, ms since the epoch. */
  readonly at: number;
  /** Why this day has no backup; null if the day has one. */
  readonly missed: NoRoom | null;
  /** Backups that exist after the rule has been applied, newest first. */
  readonly survivors: readonly Survivor[];
}

/** The first day is today if the time of the backup is still to come, otherwise tomorrow. */
export function playRule({ rule, backups, limit, now, days, minute }: Play): PlayedDay[] {
  const { calendar } = rule;
  const today = calendar.dayOf(now);
  const first = calendar.instantOf(today, minute) > now ? today : today + 1;
  const played: PlayedDay[] = [];
  // A backup that is being made or restored now no longer is tomorrow.
  const later: RetentionRule = { ...rule, restoring: new Set() };
  let existing = backups.map((backup): KeptBackup =>
    backup.state === 'running' ? { ...backup, state: 'good' } : backup,
  );
  for (let day = first; day < first + days; day++) {
    const at = calendar.instantOf(day, minute);
    const room = makeRoom(existing, later, { limit, now: at });
    if (room.kind === 'room') existing = [...without(existing, room.ids), backupOf(day, at)];
    const { kept, goes } = retain(existing, later);
    existing = without(existing, goes);
    const reasons = new Map(kept.map((each) => [each.id, each.for]));
    const survivors = newestFirst(existing).map(({ id, createdAt }) => ({
      createdAt,
      for: reasons.get(id) ?? [],
    }));
    played.push({ day, at, missed: room.kind === 'none' ? room.why : null, survivors });
  }
  return played;
}

function without(backups: readonly KeptBackup[], ids: readonly string[]): KeptBackup[] {
  return backups.filter(({ id }) => !ids.includes(id));
}

function backupOf(day: number, createdAt: number): KeptBackup {
  return { id: `day ${day}`, createdAt, state: 'good', locked: false, maker: 'rule' };
}

/**
 * When a backup by plan is due. Pure.
 *
 * A planned time is dealt with once: by a backup within `graceMs`, or as missed. There are never two planned backups on
 * one day of the local calendar, whatever happens to the clock or to the time of the plan.
 */
import type { Calendar } from '../../bridge/backups/calendar.js';
import type { LastPlanned, PlanRecord } from '../../bridge/schema/backup-plans.js';

type Times = Pick<PlanRecord, 'minute' | 'settledAt' | 'ranAt'>;

export interface PlanMoment {
  /** Time of day of the plan, in minutes since local midnight. */
  readonly minute: number;
  /** Wall-clock time, ms since the epoch. */
  readonly now: number;
  readonly calendar: Calendar;
}

/** `due` = the planned time that was reached; null = none. */
export interface PlanLook {
  readonly times: Times;
  readonly due: { readonly at: number; readonly isLate: boolean } | null;
}

/** A backup may begin this late: time for the computer to wake up, and for a panel that does not answer for a moment. */
export const graceMs = 10 * 60_000;
const dayMs = 86_400_000;

/** A planned time that is due stays so until `settled` or `ran` says otherwise. */
export function lookAtPlan(known: Times | null, { minute, now, calendar }: PlanMoment): PlanLook {
  const times = current(known, minute, now);
  const today = calendar.dayOf(now);
  const reached = [today + 1, today, today - 1]
    .map((day) => calendar.instantOf(day, minute))
    .find((at) => at <= now && isOpen(times, at, calendar));
  const due = reached === undefined ? null : { at: reached, isLate: now - reached > graceMs };
  return { times, due };
}

/** The next planned time, or the one that is due now. */
export function nextPlanned(times: Times, now: number, calendar: Calendar): number {
  const { minute } = times;
  for (let day = calendar.dayOf(now) - 1; ; day++) {
    const at = calendar.instantOf(day, minute);
    if (isOpen(times, at, calendar) && now - at <= graceMs) return at;
  }
}

/** The planned time was missed, or needs no backup. */
export function settled(times: Times, at: number): Times {
  return { ...times, settledAt: Math.max(times.settledAt, at) };
}

/** The backup of the planned time begins. */
export function ran(times: Times, at: number): Times {
  return { ...settled(times, at), ranAt: at };
}

/** The panel has not named the backup yet. */
export function isBeginning(last: LastPlanned | null): last is LastPlanned {
  return last?.outcome === 'begun' && last.backup === null;
}

/** A new plan, or one at another time of day, begins now. Times that lie far ahead come from a clock that was wrong. */
function current(known: Times | null, minute: number, now: number): Times {
  const ranAt = known === null || isFarAhead(known.ranAt, now) ? null : known.ranAt;
  if (known?.minute !== minute || isFarAhead(known.settledAt, now)) return { minute, settledAt: now, ranAt };
  return { minute, settledAt: known.settledAt, ranAt };
}

function isFarAhead(at: number | null, now: number): boolean {
  return at !== null && at > now + dayMs;
}

function isOpen({ settledAt, ranAt }: Times, at: number, calendar: Calendar): boolean {
  return at > settledAt && (ranAt === null || calendar.dayOf(at) > calendar.dayOf(ranAt));
}

/**
 * Planned times of a rule: which one is due, and which were missed (RULES "Causes"). Pure.
 *
 * A planned time is dealt with once. Whatever happens to the clock, two runs by plan are never close to each other.
 */
import { ruleLimits } from '../../bridge/rules/rule-limits.js';
import type { Calendar } from '../../bridge/backups/calendar.js';
import type { RuleTrigger } from '../../bridge/schema/rule-parts.js';
import { cronGap, cronTimesBetween, nextCronTime } from './cron-times.js';
import type { RunMoment } from './run-state.js';

export interface RuleTimes {
  /** Perch has dealt with every planned time up to this time; wall-clock time. */
  readonly settledAt: number;
  /** Monotonic time of the last run by plan; -Infinity = none. */
  readonly ranAt: number;
  /** Counts how often a wrong clock was set back: the same planned time then comes again, and counts as a new time. */
  readonly era: number;
  /** The planned time of the last run by plan, as a wall-clock time; null = none. */
  readonly ranFor: number | null;
  /** The plan that these times are about, as `planKey` writes it; null = not looked at yet. */
  readonly plan: string | null;
}

/** A trigger with planned times. */
export type PlannedTrigger = Extract<RuleTrigger, { kind: 'time' | 'cron' }>;

export interface TimesCheck {
  readonly times: RuleTimes;
  /** The planned time that may begin now; null = none. */
  readonly due: number | null;
  /** Planned times that nobody dealt with, oldest first. */
  readonly missed: readonly number[];
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Two planned times of two days are 23 hours apart or more; less is a change of the clock. */
const leastApartMs = 20 * 3_600_000;
/** Days to look back: the list of missed times is short. */
const mostDays = ruleLimits.missed * 7;

export function newTimes({ wall }: Pick<RunMoment, 'wall'>): RuleTimes {
  return { settledAt: wall, ranAt: -Infinity, era: 0, ranFor: null, plan: null };
}

export function isPlanned(trigger: RuleTrigger): trigger is PlannedTrigger {
  return trigger.kind === 'time' || trigger.kind === 'cron';
}

/**
 * The first planned time after `after`, as a wall-clock time; null = none in the next year. `ranFor`: no other time of that
 * day counts.
 */
export function nextPlanned(
  plan: PlannedTrigger,
  after: number,
  calendar: Calendar,
  ranFor: number | null = null,
): number | null {
  if (plan.kind === 'cron') return nextCronTime(plan.cron, after, calendar);
  const today = calendar.dayOf(after - (after % minuteMs));
  const days = Array.from({ length: 10 }, (_, index) => today - 1 + index);
  const times = days
    .filter((day) => plan.days.includes(weekdayOf(day)))
    .map((day) => calendar.instantOf(day, plan.minute));
  return times.find((at) => at > after && !isOfDay(at, ranFor, calendar)) ?? null;
}

export function checkTimes(before: RuleTimes, plan: PlannedTrigger, moment: RunMoment): TimesCheck {
  const { now, wall, calendar } = moment;
  const known = ofPlan(before, plan, wall);
  // A planned time far ahead was settled by a clock that was wrong.
  if (isFarAhead(known.settledAt, wall)) {
    const times = { ...known, settledAt: wall, ranFor: null, era: known.era + 1 };
    return { times, due: null, missed: [] };
  }
  const reached = reachedTimes(known, plan, moment);
  const last = reached.at(-1);
  if (last === undefined) return { times: known, due: null, missed: [] };
  const ranFor = plan.kind === 'time' && !isFarAhead(known.ranFor, wall) ? known.ranFor : null;
  const open = reached.filter(({ at }) => !isOfDay(at, ranFor, calendar));
  const isInTime = wall - last.at <= ruleLimits.graceMs && now - known.ranAt >= last.apartMs;
  const isDue = isInTime && open.includes(last);
  const ran = isDue ? { ranAt: now, ranFor: last.at } : {};
  const missed = (isDue ? open.slice(0, -1) : open).slice(-ruleLimits.missed).map(({ at }) => at);
  return { times: { ...known, settledAt: last.at, ...ran }, due: isDue ? last.at : null, missed };
}

/** A rule that keeps its agreement may get another plan, which begins now. It still runs once on a day. */
function ofPlan(known: RuleTimes, trigger: PlannedTrigger, wall: number): RuleTimes {
  const plan = planKey(trigger);
  if (known.plan === plan) return known;
  return known.plan === null ? { ...known, plan } : { ...known, plan, settledAt: wall, ranAt: -Infinity };
}

/** Stands for a plan in `RuleTimes`. */
export function planKey(plan: PlannedTrigger): string {
  return plan.kind === 'cron' ? plan.cron : `${plan.minute} ${plan.days.join('')}`;
}

/** Whether a time is on this day of the local calendar, or on an earlier one. */
function isOfDay(at: number, day: number | null, calendar: Calendar): boolean {
  return day !== null && calendar.dayOf(at) <= calendar.dayOf(day);
}

function isFarAhead(at: number | null, wall: number): boolean {
  return at !== null && at > wall + dayMs;
}

/** A planned time. `apartMs` = a run that is less than this behind the last one comes from a change of the clock. */
interface Reached {
  readonly at: number;
  readonly apartMs: number;
}

function reachedTimes(known: RuleTimes, plan: PlannedTrigger, moment: RunMoment): readonly Reached[] {
  if (plan.kind === 'time') {
    return weeklyTimes(known, plan, moment).map((at) => ({ at, apartMs: leastApartMs }));
  }
  const { wall, calendar } = moment;
  const next = nextOf(known, plan.cron, calendar);
  if (next === null || next > wall) return [];
  return cronTimesBetween(plan.cron, known.settledAt, wall, calendar).map((time) => ({
    at: time.at,
    apartMs: Math.min(leastApartMs, (cronGap(plan.cron, time) ?? dayMs) / 2),
  }));
}

interface Next {
  readonly cron: string;
  readonly calendar: Calendar;
  readonly next: number | null;
}
/** A look comes every few seconds, and the next time changes only when one was dealt with. */
const nexts = new WeakMap<RuleTimes, Next>();

function nextOf(known: RuleTimes, cron: string, calendar: Calendar): number | null {
  const before = nexts.get(known);
  if (before?.cron === cron && before.calendar === calendar) return before.next;
  const next = nextCronTime(cron, known.settledAt, calendar);
  nexts.set(known, { cron, calendar, next });
  return next;
}

function weeklyTimes(
  { settledAt }: RuleTimes,
  { days, minute }: Extract<PlannedTrigger, { kind: 'time' }>,
  { wall, calendar }: RunMoment,
): readonly number[] {
  // The calendar remembers each instant, so whole minutes keep that small.
  const last = calendar.dayOf(wall - (wall % minuteMs)) + 1;
  const first = Math.max(calendar.dayOf(settledAt) - 1, last - mostDays);
  const reached: number[] = [];
  for (let day = first; day <= last; day++) {
    const at = calendar.instantOf(day, minute);
    if (at > settledAt && at <= wall && days.includes(weekdayOf(day))) reached.push(at);
  }
  return reached;
}

/** 0 = Monday. Day 0 of the calendar, 1 January 1970, was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

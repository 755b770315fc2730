/**
 * Planned times of a rule: which one is due, and which were missed (RULES "Causes"). Pure.
 *
 * A planned time is dealt with once. Whatever happens to the clock, two runs by plan are never close to each other.
 */
import { ruleLimits } from '../../bridge/rules/rule-limits.js';
import type { RuleTrigger } from '../../bridge/schema/rule-parts.js';
import type { RunMoment } from './run-state.js';

export interface RuleTimes {
  /** Every planned time up to this one has been dealt with; wall-clock time. */
  readonly settledAt: number;
  /** Monotonic time of the last run by plan; -Infinity = none. */
  readonly ranAt: number;
  /** Counts how often a wrong clock was set back: the same planned time then comes again, and is another one. */
  readonly era: number;
}

export interface TimesLook {
  readonly times: RuleTimes;
  /** The planned time that may begin now; null = none. */
  readonly due: number | null;
  /** Planned times that nobody dealt with, oldest first. */
  readonly missed: readonly number[];
}

type Planned = Extract<RuleTrigger, { kind: 'time' }>;

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Two planned times of two days are 23 hours apart or more; less is a change of the clock. */
const leastApartMs = 20 * 3_600_000;
/** Days to look back: the list of missed times is short. */
const mostDays = ruleLimits.missed * 7;

export function newTimes({ wall }: Pick<RunMoment, 'wall'>): RuleTimes {
  return { settledAt: wall, ranAt: -Infinity, era: 0 };
}

export function lookAtTimes(known: RuleTimes, plan: Planned, moment: RunMoment): TimesLook {
  const { now, wall } = moment;
  // A planned time far ahead was settled by a clock that was wrong.
  if (known.settledAt > wall + dayMs) {
    return { times: { ...known, settledAt: wall, era: known.era + 1 }, due: null, missed: [] };
  }
  const reached = reachedTimes(known, plan, moment);
  const last = reached.at(-1);
  if (last === undefined) return { times: known, due: null, missed: [] };
  const isDue = wall - last <= ruleLimits.graceMs && now - known.ranAt >= leastApartMs;
  const times = { ...known, settledAt: last, ranAt: isDue ? now : known.ranAt };
  const missed = (isDue ? reached.slice(0, -1) : reached).slice(-ruleLimits.missed);
  return { times, due: isDue ? last : null, missed };
}

function reachedTimes(
  { settledAt }: RuleTimes,
  { days, minute }: Planned,
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

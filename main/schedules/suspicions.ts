/**
 * Decides which schedules of one server surely do not run as they should (SCHEDULES "Troubles"). Pure.
 *
 * One reading of the panel proves nothing: a panel that has just come back catches up within a minute, and a run takes
 * its time. So a suspicion must hold in several readings.
 */
import { graceMs, scheduleState, waitsMs, type StateFacts } from '../../bridge/schedules/schedule-state.js';
import type { ScheduleTrouble } from '../base/server-fact.js';

interface Suspicion {
  readonly why: ScheduleTrouble['why'];
  /** End of the run before. Another end means another run. */
  readonly lastEndedAt: number | null;
  /** Monotonic time of the first look that found this. */
  readonly since: number;
  /** Monotonic time of the first of the looks that followed each other without a gap. */
  readonly steadySince: number;
  readonly lookedAt: number;
  readonly isSure: boolean;
}

/** By the id of the schedule. */
export type Suspicions = ReadonlyMap<number, Suspicion>;

export interface ReadSchedule extends StateFacts {
  readonly id: number;
  readonly lastEndedAt: number | null;
}

export interface ReadTime {
  /** Monotonic time. */
  readonly now: number;
  /** Time by the panel's clock, ms since the epoch. */
  readonly panelTime: number;
}

/** Shortest time in ms between the looks that make a suspicion sure. */
const leastMs = 2 * 60_000;
/** Looks further apart than this do not follow each other: the panel may have been away in between. */
const mostGapMs = 15 * 60_000;

export function looked(before: Suspicions, schedules: readonly ReadSchedule[], time: ReadTime): Suspicions {
  const found = new Map<number, Suspicion>();
  for (const schedule of schedules) {
    const state = scheduleState(schedule, time.panelTime);
    const why = state === 'overdue' ? state : state === 'stuck' || state === 'running' ? 'stuck' : null;
    if (why === null) continue;
    const known = before.get(schedule.id);
    const isSame = known?.why === why && known.lastEndedAt === schedule.lastEndedAt;
    found.set(schedule.id, grown(isSame ? known : null, schedule, why, time));
  }
  return found;
}

function grown(
  known: Suspicion | null,
  schedule: ReadSchedule,
  why: Suspicion['why'],
  { now, panelTime }: ReadTime,
): Suspicion {
  const since = known?.since ?? now;
  const isGap = known === null || now - known.lookedAt > mostGapMs;
  const steadySince = isGap ? now : known.steadySince;
  const isSteady = now - since >= neededMs(schedule, panelTime) && now - steadySince >= leastMs;
  return {
    why,
    lastEndedAt: schedule.lastEndedAt,
    since,
    steadySince,
    lookedAt: now,
    isSure: known?.isSure === true || isSteady,
  };
}

/** How long this must be seen. A run that is not late by the plan needs its waits, and some time on top. */
function neededMs(schedule: ReadSchedule, panelTime: number): number {
  return scheduleState(schedule, panelTime) === 'running' ? waitsMs(schedule) + graceMs : leastMs;
}

/** Without the suspicions that are not sure: nobody knows what happened while the panel or the node was away. */
export function onlySure(before: Suspicions): Suspicions {
  return new Map([...before].filter(([, { isSure }]) => isSure));
}

/** Ms until a look can make a suspicion sure; null = none is open. */
export function nextProof(
  open: Suspicions,
  schedules: readonly ReadSchedule[],
  { now, panelTime }: ReadTime,
): number | null {
  const waits = schedules.flatMap((schedule) => {
    const suspicion = open.get(schedule.id);
    if (suspicion === undefined || suspicion.isSure) return [];
    const { since, steadySince } = suspicion;
    return Math.max(since + neededMs(schedule, panelTime), steadySince + leastMs) - now;
  });
  return waits.length === 0 ? null : Math.max(0, Math.min(...waits));
}

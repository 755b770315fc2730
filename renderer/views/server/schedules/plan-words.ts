/** Words for planned restarts. `wall` = current wall-clock time, ms since the epoch. */
import type { PanelZone } from '../../../../bridge/schedules/panel-zone.js';
import {
  leadSeconds,
  planFields,
  type PlannedRestart,
} from '../../../../bridge/schedules/planned-restart.js';
import { scheduleState } from '../../../../bridge/schedules/schedule-state.js';
import type { Schedule } from '../../../../bridge/schema/schedules.js';
import { duration } from '../../../../bridge/text/duration.js';
import { say } from '../../../../messages/messages.js';
import { runWords, whenWords } from './schedule-words.js';

/** Words of the row: `Restart: At 04:00, 2 warnings`. */
export function planRowWords(plan: PlannedRestart): string {
  const count = plan.warnings.length;
  return count === 0 ? planWords(plan) : say('schedules.plan-row-count', { ...actAndTime(plan), count });
}

function actAndTime(plan: PlannedRestart): { act: string; when: string } {
  const act = say(`schedules.plan-act-${plan.act.kind}`);
  // Cron of the restart itself, which no warning moves.
  return { act, when: whenWords(planFields({ ...plan, warnings: [] }).cron) };
}

/** `Restart: At 04:00, with warnings 10 min, 1 min before`. */
export function planWords(plan: PlannedRestart): string {
  const { act, when } = actAndTime(plan);
  const times = timesWords(plan.warnings);
  return plan.warnings.length === 0
    ? say('schedules.plan-row', { act, when })
    : say('schedules.plan-row-warned', { act, when, times });
}

/** `10 min, 1 min, 30 s`. */
export function timesWords(warnings: readonly number[]): string {
  return warnings.map((seconds) => duration(seconds * 1000)).join(', ');
}

/** When the panel restarts or stops the server next, not when its schedule begins; null = never, or unknown. */
export function planNextWords(
  schedule: Schedule,
  plan: PlannedRestart,
  zone: PanelZone,
  wall: number,
): string | null {
  const { nextRunAt, offsetMinutes } = schedule;
  if (nextRunAt === null || scheduleState(schedule, wall) !== 'waiting') return null;
  const at = nextRunAt + leadSeconds(plan.warnings) * 1000;
  return planTimeWords(plan, runWords(at, zone, wall, offsetMinutes));
}

/** `Next restart tomorrow 04:00`. */
export function planTimeWords({ act }: PlannedRestart, time: string): string {
  return say(`schedules.plan-next-${act.kind}`, { time });
}

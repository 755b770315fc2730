/** State of a panel's schedule, as far as its fields show (PROTOCOL 2.20.16 to 2.20.23). */
import type { Schedule, ScheduleTask } from '../schema/schedules.js';

/**
 * - `stuck`: a run has not ended although all its waits are over. The panel's queue worker does not run, or a task was
 *   deleted while it waited. The panel never begins such a schedule again; a person has to free the schedule.
 * - `running`: a run is in progress.
 * - `off`: switched off.
 * - `empty`: without tasks, so the panel passes the schedule over.
 * - `overdue`: its time has passed and the panel has not begun. The panel's own cron does not run.
 * - `waiting`: for its time.
 *
 * No field tells whether a run failed or did anything, so no state says so.
 */
export type ScheduleState = 'stuck' | 'running' | 'off' | 'empty' | 'overdue' | 'waiting';

/** The fields that decide the state. */
export interface StateFacts extends Pick<Schedule, 'isActive' | 'isProcessing' | 'nextRunAt'> {
  readonly tasks: readonly Pick<ScheduleTask, 'offsetSeconds'>[];
}

/** The panel begins runs once a minute, and its clock may differ from this computer's clock. */
export const graceMs = 5 * 60_000;

/** Sum of the waits between the tasks: a run lasts that long at least. */
export function waitsMs({ tasks }: Pick<StateFacts, 'tasks'>): number {
  return tasks.reduce((sum, { offsetSeconds }) => sum + offsetSeconds * 1000, 0);
}

/** `wall` = current wall-clock time, ms since the epoch. */
export function scheduleState(facts: StateFacts, wall: number): ScheduleState {
  const { isActive, isProcessing, nextRunAt, tasks } = facts;
  const isPast = (at: number | null): boolean => at !== null && at + graceMs < wall;
  if (isProcessing) {
    // The panel computes the next run at the begin of a run, so a run lasts at least since then.
    return isPast(nextRunAt === null ? null : nextRunAt + waitsMs(facts)) ? 'stuck' : 'running';
  }
  if (!isActive) return 'off';
  if (tasks.length === 0) return 'empty';
  return isPast(nextRunAt) ? 'overdue' : 'waiting';
}

/** Finds the planned restart that a schedule of a panel is (`planned-restart.ts`). The schedule has no other mark. */
import type { Schedule, ScheduleTask } from '../schema/schedules.js';
import { mostOfCommand, timeMark } from '../settings/warning.js';
import { duration } from '../text/duration.js';
import { areSameTasks, taskFieldsOf } from './fields.js';
import {
  cronMoments,
  leadSeconds,
  planProblem,
  planTasks,
  shiftDays,
  standsAlone,
  warningLine,
  type PlannedAct,
  type PlannedRestart,
} from './planned-restart.js';

/** Most places of a time in a text that Perch looks at. */
const mostPieces = 20;

/**
 * How a schedule of warnings and a restart differs from a schedule that Perch writes:
 * - `time`: cron has more than one time a day, or the restart comes between two minutes.
 * - `texts`: the warnings have different texts, or one of them does not say how much time is left.
 * - `waits`: waits or answers to failures differ.
 */
type PlanDifference = 'time' | 'texts' | 'waits';

export type ReadPlan =
  | { readonly kind: 'plan'; readonly plan: PlannedRestart }
  | { readonly kind: 'differs'; readonly where: PlanDifference };

/** null = no schedule of warnings and then a restart or a stop, or of a stop with a backup and a start. */
export function readPlannedRestart(schedule: Schedule): ReadPlan | null {
  const { tasks, onlyWhenOnline, isActive, name } = schedule;
  const count = tasks.findIndex(({ action }) => action !== 'command');
  const act = actOf(tasks.slice(count));
  // A single restart is any schedule, and the editor of schedules edits it.
  if (count === -1 || act === null || tasks.length === 1) return null;
  const differs = (where: PlanDifference): ReadPlan => ({ kind: 'differs', where });

  const warnings = secondsBefore(tasks.slice(0, count + 1));
  const lead = leadSeconds(warnings);
  const begun = cronMoments(schedule.cron);
  if (begun === null) return differs('time');
  const line = sharedLine(tasks.slice(0, count), warnings);
  if (line === null) return differs('texts');
  const minute = begun.minute + lead / 60;
  const days = minute < 1440 ? begun.days : shiftDays(begun.days, 1);
  const plan = { name, isActive, onlyWhenOnline, minute: minute % 1440, days, warnings, line, act };
  if (planProblem(plan) !== null) return differs('waits');
  const written = planTasks(plan);
  const isSame = tasks.every((task, at) => {
    const other = written[at];
    return other !== undefined && areSameTasks(taskFieldsOf(task), other);
  });
  return isSame ? { kind: 'plan', plan } : differs('waits');
}

function actOf(tasks: readonly ScheduleTask[]): PlannedAct | null {
  const [first, second, third] = tasks;
  const is = (task: ScheduleTask | undefined, signal: string): boolean =>
    task?.action === 'power' && task.payload === signal;
  if (tasks.length === 1 && is(first, 'restart')) return { kind: 'restart' };
  if (tasks.length === 1 && is(first, 'stop')) return { kind: 'stop' };
  if (tasks.length !== 3 || !is(first, 'stop') || second?.action !== 'backup' || !is(third, 'start'))
    return null;
  return {
    kind: 'back-up',
    afterStop: second.offsetSeconds,
    afterBackup: third?.offsetSeconds ?? 0,
    leaveOut: second.payload,
  };
}

/** Seconds from each task to the last task. */
function secondsBefore(tasks: readonly ScheduleTask[]): number[] {
  return tasks
    .slice(0, -1)
    .map((_, at) => tasks.slice(at + 1).reduce((sum, { offsetSeconds }) => sum + offsetSeconds, 0));
}

/** The command of all warnings with `{time}`; empty if there is no warning, null if they have none in common. */
function sharedLine(tasks: readonly ScheduleTask[], warnings: readonly number[]): string | null {
  const [first] = tasks;
  if (first === undefined) return '';
  const pieces = piecesAround(first.payload, duration((warnings[0] ?? 0) * 1000));
  if (tasks.some(({ payload }) => payload.length > mostOfCommand) || pieces.length > mostPieces) return null;
  const isBegin = (line: string): boolean =>
    tasks.every(({ payload }, at) => payload.startsWith(warningLine(line, warnings[at] ?? 0)));
  // A text may also name a time other than the remaining time, such as how long the restart takes. So each place may
  // hold the mark or the time itself. Lines with as many marks are equally long in each warning, so one of them is
  // enough.
  let lines = new Map([[0, pieces[0] ?? '']]);
  for (const piece of pieces.slice(1)) {
    const longer = [...lines].flatMap(([marks, line]): [number, string][] => [
      [marks, line + duration((warnings[0] ?? 0) * 1000) + piece],
      [marks + 1, line + timeMark + piece],
    ]);
    lines = new Map(longer.filter(([, line]) => isBegin(line)));
  }
  const fits = (line: string): boolean =>
    tasks.every(({ payload }, at) => payload === warningLine(line, warnings[at] ?? 0));
  const [most] = [...lines]
    .filter(([marks, line]) => marks > 0 && fits(line))
    .toSorted(([one], [other]) => other - one);
  return most?.[1] ?? null;
}

/** Texts around each place of a time that stands alone. */
function piecesAround(text: string, time: string): string[] {
  const pieces: string[] = [];
  for (const piece of text.split(time)) {
    const before = pieces.at(-1);
    if (before === undefined || standsAlone(before, piece)) pieces.push(piece);
    else pieces[pieces.length - 1] = before + time + piece;
  }
  return pieces;
}

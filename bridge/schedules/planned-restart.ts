/**
 * A restart at a fixed time that a schedule of the panel carries out, with warnings to the players before the restart.
 *
 * The panel has no such schedule of its own. It has cron and a chain of tasks, each a wait after the previous task
 * (PROTOCOL 2.20.9). So cron begins early, the warnings are the first tasks, and the restart is the last one. All
 * times are those of the panel's clock. `read-planned-restart.ts` finds such a schedule again.
 */
import type { Schedule, ScheduleFields, TaskFields } from '../schema/schedules.js';
import { timeMark } from '../settings/warning.js';
import { duration } from '../text/duration.js';
import { longestOffset } from './limits.js';

/** Number of tasks that panels allow unless the host changed the limit (PROTOCOL 2.20.11). */
const mostTasks = 10;

/** The tasks after the warnings. Waits are seconds, because the panel waits for no stop and no backup to end. */
export type PlannedAct =
  | { readonly kind: 'restart' }
  | { readonly kind: 'stop' }
  | {
      readonly kind: 'back-up';
      /** From the stop to the backup. */
      readonly afterStop: number;
      /** From the begin of the backup to the start. */
      readonly afterBackup: number;
      /** Patterns of files that the backup leaves out, one a line. */
      readonly leaveOut: string;
    };

export interface PlannedRestart {
  readonly name: string;
  readonly isActive: boolean;
  /** If false, a server that is off is started by the restart, although nobody reads the warnings. */
  readonly onlyWhenOnline: boolean;
  /** Minute of the day of the restart or stop, from 0. */
  readonly minute: number;
  /** Weekdays of the restart or stop, ascending; 0 = Sunday. */
  readonly days: readonly number[];
  /** Seconds before the restart or stop, descending. */
  readonly warnings: readonly number[];
  /** Console command of a warning; `{time}` stands for the time that is left. */
  readonly line: string;
  readonly act: PlannedAct;
}

/** Problem of a plan that the panel would refuse or could not carry out. */
export type PlanProblem =
  | { readonly kind: 'days' | 'line' }
  /** Warnings that are no whole number of seconds above 0, or of which two are equal. */
  | { readonly kind: 'warnings' }
  /** More warnings than remaining tasks. */
  | { readonly kind: 'many'; readonly most: number }
  /** Behind the warning at `from` nothing comes within the longest wait; warnings at `add` would fill the gap. */
  | { readonly kind: 'gap'; readonly from: number; readonly add: readonly number[] }
  | { readonly kind: 'waits' };

const dayMinutes = 24 * 60;
export const everyDay = [0, 1, 2, 3, 4, 5, 6] as const;

/** Why the panel cannot carry out a plan; null if the panel can. */
export function planProblem(plan: PlannedRestart): PlanProblem | null {
  const { days, warnings, line, act } = plan;
  if (days.length === 0) return { kind: 'days' };
  if (
    warnings.some((seconds, at) => !Number.isInteger(seconds) || seconds < 1 || seconds === warnings[at - 1])
  )
    return { kind: 'warnings' };
  if (warnings.length > 0 && !hasTime(line)) return { kind: 'line' };
  const most = mostTasks - actTasks(plan).length;
  if (warnings.length > most) return { kind: 'many', most };
  const from = warnings.find((seconds, at) => seconds - (warnings[at + 1] ?? 0) > longestOffset);
  if (from !== undefined) return { kind: 'gap', from, add: between(from, warnings) };
  if (act.kind === 'back-up' && ![act.afterStop, act.afterBackup].every(isOffset)) return { kind: 'waits' };
  return null;
}

/** Whether a line says the time that is left, so that the time can be found again. */
function hasTime(line: string): boolean {
  const pieces = line.split(timeMark);
  const isApart = pieces.slice(1).every((piece, at) => standsAlone(pieces[at] ?? '', piece));
  const touch = pieces.slice(1, -1).includes('');
  return pieces.length > 1 && isApart && !touch;
}

/** `1 min` is no time in `11 min` or `1 minute`. */
export function standsAlone(before: string, behind: string): boolean {
  return !/\p{N}$/u.test(before) && !/^[\p{N}\p{Script=Latin}]/u.test(behind);
}

/** The fewest warnings that fill the gap behind the warning at `from`. */
function between(from: number, warnings: readonly number[]): number[] {
  const next = warnings[warnings.indexOf(from) + 1] ?? 0;
  const count = Math.ceil((from - next) / longestOffset) - 1;
  return Array.from({ length: count }, (_, at) => from - (at + 1) * longestOffset);
}

function isOffset(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= 0 && seconds <= longestOffset;
}

/** Seconds from cron's minute to the restart: cron begins at a full minute, not later than the first warning. */
export function leadSeconds(warnings: readonly number[]): number {
  return Math.ceil((warnings[0] ?? 0) / 60) * 60;
}

/** A warning as the panel sends it. */
export function warningLine(line: string, seconds: number): string {
  return line.replaceAll(timeMark, () => duration(seconds * 1000));
}

/** The fields of the schedule. Ask `planProblem` first. `present` keeps cron that says the same in other words. */
export function planFields(plan: PlannedRestart, present: Schedule['cron'] | null = null): ScheduleFields {
  const { name, isActive, onlyWhenOnline } = plan;
  const start = plan.minute - leadSeconds(plan.warnings) / 60;
  const begun = {
    minute: (start + dayMinutes) % dayMinutes,
    // Warnings reach into the evening before.
    days: start < 0 ? shiftDays(plan.days, -1) : plan.days,
  };
  const cron = {
    minute: String(begun.minute % 60),
    hour: String(Math.floor(begun.minute / 60)),
    dayOfMonth: '*',
    month: '*',
    dayOfWeek: begun.days.length === everyDay.length ? '*' : begun.days.join(','),
  };
  const kept = present === null ? null : cronMoments(present);
  const isSame = kept?.minute === begun.minute && kept.days.join() === begun.days.join();
  return { name, cron: isSame && present !== null ? present : cron, isActive, onlyWhenOnline };
}

/** The tasks of the schedule, in order. Ask `planProblem` first. */
export function planTasks(plan: PlannedRestart): TaskFields[] {
  const { warnings, line, onlyWhenOnline } = plan;
  const warned = warnings.map((seconds, at) => ({
    action: 'command',
    payload: warningLine(line, seconds),
    offsetSeconds: (at === 0 ? leadSeconds(warnings) : (warnings[at - 1] ?? 0)) - seconds,
    // If the server went off after the first warning, a plan for running servers does not start it.
    continuesAfterFailure: !onlyWhenOnline,
  }));
  return [...warned, ...actTasks(plan)];
}

function actTasks({ act, warnings }: PlannedRestart): TaskFields[] {
  const power = (payload: string, offsetSeconds: number): TaskFields => ({
    action: 'power',
    payload,
    offsetSeconds,
    continuesAfterFailure: false,
  });
  const last = warnings.at(-1) ?? 0;
  if (act.kind !== 'back-up') return [power(act.kind, last)];
  const backup = {
    action: 'backup',
    payload: act.leaveOut,
    offsetSeconds: act.afterStop,
    // A silent node must not leave the server off.
    continuesAfterFailure: true,
  };
  return [power('stop', last), backup, power('start', act.afterBackup)];
}

export function shiftDays(days: readonly number[], by: number): number[] {
  return days.map((day) => (day + by + 7) % 7).toSorted((one, other) => one - other);
}

/** The minute of the day and the weekdays of cron that has one time a day; null = any other cron. */
export function cronMoments(cron: Schedule['cron']): { minute: number; days: number[] } | null {
  const minute = numberBelow(cron.minute, 60);
  const hour = numberBelow(cron.hour, 24);
  const days = weekdays(cron.dayOfWeek);
  const isEveryDate = cron.dayOfMonth.trim() === '*' && cron.month.trim() === '*';
  if (minute === null || hour === null || days === null || !isEveryDate) return null;
  return { minute: hour * 60 + minute, days };
}

function numberBelow(field: string, end: number): number | null {
  const text = field.trim();
  return /^\d{1,2}$/.test(text) && Number(text) < end ? Number(text) : null;
}

const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** `*`, `1-5`, `MON,3,7`; null = another form. */
function weekdays(field: string): number[] | null {
  const text = field.trim().toLowerCase();
  if (text === '*') return [...everyDay];
  const days = new Set<number>();
  for (const part of text.split(',')) {
    const [from, to = from, ...more] = part.split('-').map(weekday);
    if (from === undefined || to === undefined || from < 0 || to < from || more.length > 0) return null;
    for (let day = from; day <= to; day += 1) days.add(day % 7);
  }
  return [...days].toSorted((one, other) => one - other);
}

/** 0 to 7; -1 = no weekday. */
function weekday(text: string): number {
  return /^[0-7]$/.test(text) ? Number(text) : names.indexOf(text);
}

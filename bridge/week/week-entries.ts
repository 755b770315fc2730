/**
 * Planned work of the fleet in a week: schedules of panels, rules with times, and planned backups of Perch. Pure.
 *
 * Cron is read by a function that the caller gives, because its reader is large and only the calendar loads it.
 */
import { cronText } from '../schedules/fields.js';
import type { FleetSchedule } from '../schema/fleet-schedules.js';
import type { Rule } from '../schema/rules.js';
import { actsOfSteps, actsOfTasks, type Acts } from './week-acts.js';

/** Where an entry comes from. A schedule runs on its panel, all others run while Perch runs on this computer. */
type WeekSource =
  | { readonly kind: 'schedule'; readonly id: number }
  | { readonly kind: 'rule'; readonly id: string }
  | { readonly kind: 'plan' };

interface Planned extends Acts {
  readonly serverId: string;
  /** Name of the schedule or rule, as it came; empty for planned backups. */
  readonly name: string;
  readonly source: WeekSource;
}

export interface WeekEntry extends Planned {
  /** Unique in the week. */
  readonly key: string;
  /** When the weightiest act is due, wall-clock time in ms since the epoch. */
  readonly at: number;
  /** When the run begins. */
  readonly beginsAt: number;
}

export interface WeekPart {
  readonly entries: readonly WeekEntry[];
  /** Runs too often to be shown as single entries. `cron` = its five fields. */
  readonly often: readonly (Planned & { readonly cron: string })[];
  /** Only the next run is known, because the panel's time zone is not, or Perch cannot read the cron. */
  readonly isNextOnly: boolean;
}

/** From `from` until before `to`, wall-clock time in ms since the epoch. `days` = local midnights in between. */
export interface WeekSpan {
  readonly from: number;
  readonly to: number;
  readonly days: readonly number[];
}

/**
 * The runs of a cron text on the clock of its schedule, at most `most`; null = nobody can tell, because the panel's time
 * zone is unknown or Perch cannot read the cron.
 */
export type RunsWithin = (
  cron: string,
  span: { readonly from: number; readonly to: number; readonly most: number },
) => readonly number[] | null;

/** More runs in a week are no entries any more: every three hours. */
export const mostRuns = 56;

const none: WeekPart = { entries: [], often: [], isNextOnly: false };

export function partOfSchedule(
  serverId: string,
  schedule: FleetSchedule,
  { span, runsWithin }: { readonly span: WeekSpan; readonly runsWithin: RunsWithin },
): WeekPart {
  const { id, name, isActive, tasks, nextRunAt } = schedule;
  if (!isActive || tasks.length === 0) return none;
  const { acts, delayMs } = actsOfTasks(tasks);
  const planned: Planned = { serverId, name, acts, delayMs, source: { kind: 'schedule', id } };
  const cron = cronText(schedule.cron);
  const runs = runsWithin(cron, within(span, delayMs));
  if (runs === null) {
    const told = nextRunAt === null ? [] : [nextRunAt];
    return { entries: entriesAt(planned, told, span), often: [], isNextOnly: true };
  }
  return partOf(planned, runs, cron, span);
}

/**
 * Entries of a rule; none if its trigger is no time. `serverIds` = the servers of the rule; `runsWithin` by the clock of
 * this computer.
 */
export function partOfRule(
  rule: Rule,
  serverIds: readonly string[],
  { span, runsWithin }: { readonly span: WeekSpan; readonly runsWithin: RunsWithin },
): WeekPart {
  const { trigger, steps, name, id } = rule;
  if (!rule.isOn || rule.agreedAt === null || (trigger.kind !== 'time' && trigger.kind !== 'cron'))
    return none;
  const { acts, delayMs } = actsOfSteps(steps);
  const cron = trigger.kind === 'cron' ? trigger.cron : '';
  const runs =
    trigger.kind === 'cron'
      ? (runsWithin(cron, within(span, delayMs)) ?? [])
      : span.days
          .filter((day) => trigger.days.includes(weekdayOf(day)))
          .map((day) => timeOf(day, trigger.minute));
  const parts = serverIds.map((serverId) =>
    partOf({ serverId, name, acts, delayMs, source: { kind: 'rule', id } }, runs, cron, span),
  );
  return {
    entries: parts.flatMap(({ entries }) => entries),
    often: parts.flatMap(({ often }) => often),
    isNextOnly: false,
  };
}

/** A planned backup of Perch, each day at a time of day. Times before `nextAt` have been dealt with. */
export function partOfPlan(
  serverId: string,
  { minute, nextAt }: { readonly minute: number; readonly nextAt: number },
  span: WeekSpan,
): WeekPart {
  const planned: Planned = { serverId, name: '', acts: ['backup'], delayMs: 0, source: { kind: 'plan' } };
  const times = span.days.map((day) => timeOf(day, minute)).filter((at) => at >= nextAt);
  return { ...none, entries: entriesAt(planned, times, span) };
}

function within({ from, to }: WeekSpan, delayMs: number) {
  return { from: from - delayMs, to: to - delayMs, most: mostRuns + 1 };
}

function partOf(planned: Planned, runs: readonly number[], cron: string, span: WeekSpan): WeekPart {
  if (runs.length > mostRuns) return { ...none, often: [{ ...planned, cron }] };
  return { ...none, entries: entriesAt(planned, runs, span) };
}

function entriesAt(planned: Planned, runs: readonly number[], { from, to }: WeekSpan): WeekEntry[] {
  const { source } = planned;
  const of = source.kind === 'plan' ? source.kind : `${source.kind} ${source.id}`;
  return runs
    .map((beginsAt) => ({
      ...planned,
      beginsAt,
      at: beginsAt + planned.delayMs,
      key: `${planned.serverId} ${of} ${beginsAt}`,
    }))
    .filter(({ at }) => at >= from && at < to);
}

/** 0 = Monday. */
function weekdayOf(day: number): number {
  return (new Date(day).getDay() + 6) % 7;
}

/** The first of two where the clock shows a time twice; later by the gap where it skips one. */
function timeOf(day: number, minute: number): number {
  const date = new Date(day);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate(), 0, minute).getTime();
}

/** Input for a planned restart, and the resulting plan (`bridge/schedules/planned-restart.ts`). */
import type { Game } from '../../../../bridge/panel/games.js';
import { textMark } from '../../../../bridge/players/fitting-text.js';
import {
  everyDay,
  planProblem,
  shiftDays,
  type PlannedAct,
  type PlannedRestart,
} from '../../../../bridge/schedules/planned-restart.js';
import { longestOffset } from '../../../../bridge/schedules/limits.js';
import { mostOfCommand, sayingCommand, timeMark } from '../../../../bridge/settings/warning.js';
import { duration } from '../../../../bridge/text/duration.js';
import { say } from '../../../../messages/messages.js';

type ActKind = PlannedAct['kind'];

export interface PlanDraft {
  name: string;
  act: ActKind;
  /** The clock of `time` and `days`: the panel's, or that of this computer. */
  clock: 'panel' | 'here';
  /** `04:00`. */
  time: string;
  /** 0 = Sunday, ascending. */
  days: readonly number[];
  /** Minutes, or seconds with `s`: `10, 5, 1, 30 s`. */
  warnings: string;
  message: string;
  /** Console command, with `{text}` in the place of the message. */
  command: string;
  onlyWhenOnline: boolean;
  isActive: boolean;
  /** Seconds as typed. */
  afterStop: string;
  afterBackup: string;
  leaveOut: string;
}

/** Where a draft is wrong: the field, what to do, and warnings that would fill a gap. */
export interface PlanFault {
  readonly field: 'name' | 'time' | 'days' | 'warnings' | 'message' | 'command' | 'waits';
  readonly text: string;
  readonly add?: readonly number[];
}

/** The message that Perch offers. */
export function usualMessage(act: ActKind): string {
  return say(act === 'restart' ? 'warned.usual' : 'schedules.plan-usual-stop', { time: timeMark });
}

export function newDraft({ message, command }: { message: string | null; command: string }): PlanDraft {
  return {
    name: say('schedules.plan-name'),
    act: 'restart',
    clock: 'panel',
    time: '04:00',
    days: everyDay,
    warnings: '10, 5, 1',
    message: message ?? usualMessage('restart'),
    command,
    onlyWhenOnline: true,
    isActive: true,
    afterStop: '120',
    afterBackup: '600',
    leaveOut: '',
  };
}

/** The draft of a plan that the panel has. `command` = the server's own command for messages. */
export function draftOfPlan(plan: PlannedRestart, command: string, game: Game | null): PlanDraft {
  const { name, act, minute, days, onlyWhenOnline, isActive } = plan;
  const start = newDraft({ message: null, command });
  const said = plan.line === '' ? {} : messageOf(plan.line, command, game);
  const waits =
    act.kind === 'back-up'
      ? { afterStop: String(act.afterStop), afterBackup: String(act.afterBackup), leaveOut: act.leaveOut }
      : {};
  const time = clockText(minute * 60);
  const warnings = warningsText(plan.warnings);
  return { ...start, name, act: act.kind, time, days, warnings, onlyWhenOnline, isActive, ...said, ...waits };
}

/** Takes a console command apart into message and command. */
function messageOf(line: string, own: string, game: Game | null): { message: string; command: string } {
  const word = /^\S+(?= )/.exec(line)?.[0];
  const commands = [own, ...(word === undefined ? [] : [`${word} ${textMark}`])];
  for (const command of commands) {
    const [before, behind, ...more] = command.split(textMark);
    if (before === undefined || behind === undefined || more.length > 0) continue;
    if (!line.startsWith(before) || !line.endsWith(behind)) continue;
    const message = line.slice(before.length, line.length - behind.length);
    if (sayingCommand(command, message, game) === line) return { message, command };
  }
  return { message: line, command: textMark };
}

/** The draft with its time and days on the other clock. `ahead` = minutes that this computer is ahead of the panel. */
export function onClock(draft: PlanDraft, clock: PlanDraft['clock'], ahead: number): PlanDraft {
  const minute = minuteOf(draft.time);
  if (clock === draft.clock || minute === null) return { ...draft, clock };
  const there = movedBy(minute, draft.days, clock === 'here' ? ahead : -ahead);
  return { ...draft, clock, time: clockText(there.minute * 60), days: there.days };
}

function movedBy(minute: number, days: readonly number[], by: number): { minute: number; days: number[] } {
  const dayMinutes = 24 * 60;
  const moved = minute + by;
  const dayShift = Math.floor(moved / dayMinutes);
  return { minute: moved - dayShift * dayMinutes, days: shiftDays(days, dayShift) };
}

/**
 * The plan, or its first mistake. `ahead` = minutes that the clock of this computer is ahead of the panel's, for a
 * draft on the clock of this computer.
 */
export function planOfDraft(
  draft: PlanDraft,
  {
    game,
    mostOfName,
    ahead,
  }: { readonly game: Game | null; readonly mostOfName: number; readonly ahead: number },
): { readonly plan: PlannedRestart } | { readonly fault: PlanFault } {
  const name = draft.name.trim();
  const wrong = (field: PlanFault['field'], text: string, add?: readonly number[]) => ({
    fault: { field, text, ...(add === undefined ? {} : { add }) },
  });
  if (name === '') return wrong('name', say('schedules.name-missing'));
  const excess = name.length - mostOfName;
  if (excess > 0) return wrong('name', say('schedules.name-long', { count: excess }));
  const typed = minuteOf(draft.time);
  if (typed === null) return wrong('time', say('schedules.plan-time-wrong'));
  const warnings = secondsOf(draft.warnings);
  if (warnings === null) return wrong('warnings', say('schedules.plan-warnings-wrong'));
  const line = warnings.length === 0 ? '' : sayingCommand(draft.command, draft.message, game);
  const { onlyWhenOnline, isActive } = draft;
  const { minute, days } = movedBy(typed, draft.days, draft.clock === 'here' ? -ahead : 0);
  const plan = { name, isActive, onlyWhenOnline, minute, days, warnings, line, act: actOf(draft) };
  if (warnings.length > 0) {
    if (draft.message.trim() === '') return wrong('message', say('warned.no-message'));
    if (!draft.command.includes(textMark)) return wrong('command', say('warned.no-text', { text: textMark }));
    // The time that is left takes a few characters more than its mark.
    if (line.length > mostOfCommand - 100)
      return wrong('message', say('warned.too-long', { most: mostOfCommand }));
  }
  const problem = planProblem(plan);
  switch (problem?.kind) {
    case undefined:
      return { plan };
    case 'days':
      return wrong('days', say('schedules.plan-days-missing'));
    case 'line':
      return wrong('message', say('schedules.plan-no-time', { time: timeMark }));
    case 'warnings':
      return wrong('warnings', say('schedules.plan-warnings-wrong'));
    case 'many':
      return wrong('warnings', say('schedules.plan-many', { most: problem.most }));
    case 'gap': {
      const from = duration(problem.from * 1000);
      return wrong('warnings', say('schedules.plan-gap', { from }), problem.add);
    }
    case 'waits':
      return wrong('waits', say('schedules.offset-wrong', { most: longestOffset }));
  }
}

function actOf({ act, afterStop, afterBackup, leaveOut }: PlanDraft): PlannedAct {
  if (act !== 'back-up') return { kind: act };
  const seconds = (text: string): number => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN);
  return { kind: act, afterStop: seconds(afterStop), afterBackup: seconds(afterBackup), leaveOut };
}

function minuteOf(time: string): number | null {
  const [, hour, minute] = /^\s*(\d{1,2})[:.](\d{2})\s*$/.exec(time) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return null;
  return Number(hour) * 60 + Number(minute);
}

/** Seconds of typed warnings, descending and each once; null = something else was typed. */
function secondsOf(text: string): number[] | null {
  const parts = text.split(/[,;]/).map((part) => part.trim());
  const seconds = parts
    .filter((part) => part !== '')
    .map((part) => {
      const [, count, unit] = /^(\d{1,5})\s*(s|min)?$/i.exec(part) ?? [];
      return Number(count) * (unit?.toLowerCase() === 's' ? 1 : 60);
    });
  if (!seconds.every((each) => each >= 1)) return null;
  return [...new Set(seconds)].toSorted((one, other) => other - one);
}

function warningsText(warnings: readonly number[]): string {
  return warnings.map((each) => (each % 60 === 0 ? String(each / 60) : `${each} s`)).join(', ');
}

/** The typed warnings and others, in their order. */
export function withWarnings(text: string, add: readonly number[]): string {
  const all = [...(secondsOf(text) ?? []), ...add];
  return warningsText([...new Set(all)].toSorted((one, other) => other - one));
}

/** `03:50`, or `03:59:30` between two minutes. `seconds` since midnight, on any day. */
export function clockText(seconds: number): string {
  const day = 86_400;
  const within = ((seconds % day) + day) % day;
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  const minute = `${two(within / 3600)}:${two((within % 3600) / 60)}`;
  return within % 60 === 0 ? minute : `${minute}:${two(within % 60)}`;
}

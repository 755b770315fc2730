/** A blueprint: a few fields that give one or more rules (RULES "Blueprints"). Pure. */
import type { RuleStep, RuleTarget } from '../../schema/rule-parts.js';
import type { Rule } from '../../schema/rules.js';

export const blueprintIds = [
  'nightly-restart',
  'quiet-backup',
  'stop-when-empty',
  'restart-on-memory',
  'crash-guard',
  'start-after-outage',
  'start-in-order',
  'low-disk',
  'weekend-hours',
] as const;
export type BlueprintId = (typeof blueprintIds)[number];

/** Everything that a form may ask for; each blueprint asks for some of these. */
export interface BlueprintValues {
  /** Days of the week, 0 = Monday. */
  readonly days: readonly number[];
  /** Minutes since local midnight. */
  readonly time: number;
  /** The end of the hours, in minutes since local midnight. */
  readonly until: number;
  /** Minutes before the restart at which the players hear the first warning; 0 = no warning. */
  readonly warnMinutes: number;
  readonly emptyMinutes: number;
  /** For how many minutes the figure must be high. */
  readonly highMinutes: number;
  readonly memoryPercent: number;
  /** Percentage of a full disk at which Perch notifies the user. */
  readonly tellPercent: number;
  /** Percent of the disk at which backups stop. */
  readonly stopPercent: number;
  readonly crashes: number;
  readonly withinMinutes: number;
  /** Time in minutes in which the node itself may start its servers. */
  readonly settleMinutes: number;
  /** Minutes that each server may take for its start. */
  readonly startMinutes: number;
  /** Ids of servers in the order of their starts. */
  readonly servers: readonly string[];
}
export type BlueprintField = keyof BlueprintValues;

/** Bounds of the numbers. */
export const fieldBounds = {
  warnMinutes: [0, 60],
  emptyMinutes: [5, 720],
  highMinutes: [1, 240],
  memoryPercent: [50, 100],
  tellPercent: [50, 99],
  stopPercent: [51, 100],
  crashes: [2, 20],
  withinMinutes: [5, 720],
  settleMinutes: [1, 60],
  startMinutes: [1, 60],
} as const satisfies Partial<Record<BlueprintField, readonly [least: number, most: number]>>;
export type NumberField = keyof typeof fieldBounds;

/** Most servers that start in order: each takes two of the 30 steps of a rule. */
export const mostInOrder = 8;

/** Faults of the values in a form. */
export type BlueprintFault =
  | 'no-target'
  | 'no-day'
  | 'out-of-bounds'
  | 'same-times'
  | 'stop-below-tell'
  | 'too-few-servers'
  | 'too-many-servers';

export interface Blueprint {
  readonly id: BlueprintId;
  readonly fields: readonly BlueprintField[];
  /** False = the fields name the servers. */
  readonly hasTarget: boolean;
  /** Rules for values without a fault. Texts for players and for the user are in the language of now. */
  readonly rules: (values: BlueprintValues, target: RuleTarget) => readonly Rule[];
}

export const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A rule that is on, without an agreement so far. */
export function ruleFrom(fields: Pick<Rule, 'name' | 'target' | 'trigger' | 'condition' | 'steps'>): Rule {
  return {
    id: 'new',
    isOn: true,
    mode: 'single',
    atMost: { times: 1, withinMs: hourMs },
    agreedAt: null,
    ...fields,
  };
}

/** Ends the run, and so tells the user, if the server does not run in time. */
export function untilRunning(minutes: number, on: string | null = null): RuleStep {
  const sign = { kind: 'state', on, state: 'running' } as const;
  return { kind: 'wait', sign, limitMs: minutes * minuteMs, late: 'end' };
}

/** Minutes a day. */
const dayMinutes = 1440;

/** The time so many minutes before, which may be on the day before. */
export function earlier(
  days: readonly number[],
  time: number,
  minutes: number,
): { readonly days: number[]; readonly minute: number } {
  const minute = time - minutes;
  if (minute >= 0) return { days: [...days], minute };
  return { days: days.map((day) => (day + 6) % 7), minute: minute + dayMinutes };
}

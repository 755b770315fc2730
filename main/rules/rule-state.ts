/** State and facts of one rule with all of its runs. Pure. Times are monotonic times in ms. */
import { ruleLimits } from '../../bridge/rules/rule-limits.js';
import type { Rule } from '../../bridge/schema/rules.js';
import type { LastRuleRun, OffBy, RuleCause, RunEnd, RunRecord } from '../../bridge/schema/rule-runs.js';
import type { HeldState } from './held-state.js';
import { newTimes, type RuleTimes } from './rule-times.js';
import type { RuleOrder, Run, RunFact, RunMoment } from './run-state.js';
import { answerMsOf } from './run-turn.js';

export interface WaitingCause {
  readonly cause: RuleCause;
  /** When the cause came. */
  readonly at: number;
}

/** The state of one rule on one server. */
export interface Lane {
  readonly run: Run | null;
  readonly queue: readonly WaitingCause[];
  /** Beginnings of the last runs. */
  readonly starts: readonly number[];
  /** Events too few for a run so far (trigger `repeated`). */
  readonly counted: readonly number[];
  /** For triggers that last: since when the trigger is true. */
  readonly held: HeldState;
  /** The last trace of a line of which no run came, for lines that follow; null = none. Not on disk. */
  readonly declined: RunRecord | null;
}

export interface RuleState {
  readonly rule: Rule;
  readonly lanes: Readonly<Record<string, Lane>>;
  /** Causes that the rule dealt with. */
  readonly causes: readonly { readonly key: string; readonly at: number }[];
  readonly times: RuleTimes;
  /** Planned times that were missed, oldest first: listed and offered, never caught up. */
  readonly missed: readonly number[];
  /** Failed runs in a row. */
  readonly failures: number;
  /** Traces that the history lacks so far. */
  readonly unstored: readonly RunRecord[];
  /** Why the rule switched itself off; null = it did not. */
  readonly offBy: OffBy | null;
  /** null = no run of this rule has ended. */
  readonly lastRun: LastRuleRun | null;
}

export type RuleFact =
  /** The trigger was met on these servers; the driver fills in the servers of a group. */
  | { readonly kind: 'cause'; readonly cause: RuleCause; readonly servers: readonly string[] }
  /** Values have changed, or time has passed: triggers that last are judged for these servers. */
  | { readonly kind: 'look'; readonly servers: readonly string[] }
  /** The user changed, switched off or removed (null) the rule. */
  | { readonly kind: 'rule'; readonly rule: Rule | null }
  /** The runs on these servers end: a person wants that, or Perch is closed. */
  | {
      readonly kind: 'stop';
      readonly servers: readonly string[];
      readonly why: 'stopped' | 'interrupted';
    }
  /** The history has these records. */
  | { readonly kind: 'stored'; readonly ids: readonly string[] }
  | RunFact;

/** Facts of the dispatch about a trace besides its contents. */
export interface TraceNews {
  readonly rule: Rule;
  readonly mustReport: boolean;
  /** Why the end of this run switched the rule off; null = it did not. */
  readonly offBy: OffBy | null;
  /** An earlier run of Perch had this trace, so the history may have it. */
  readonly isRestored: boolean;
}

export interface RuleMove {
  readonly state: RuleState;
  readonly orders: readonly RuleOrder[];
}

export function newRuleState(rule: Rule, moment: Pick<RunMoment, 'wall'>): RuleState {
  return {
    rule,
    lanes: {},
    causes: [],
    times: newTimes(moment),
    missed: [],
    failures: 0,
    unstored: [],
    offBy: null,
    lastRun: null,
  };
}

/** Ends of which the person must know, as soon as a run had begun. */
const toldEnds: readonly RunEnd[] = ['unknown', 'failed', 'unsure', 'late', 'asleep', 'interrupted'];

export function mustReport({ end, steps }: RunRecord): boolean {
  return steps.length > 0 && toldEnds.includes(end);
}

/** Whether the rule may act at all. */
export function isActing({ rule }: Pick<RuleState, 'rule'>): boolean {
  return rule.isOn && rule.agreedAt !== null;
}

/**
 * Whether an order may still leave, once the disk has the state: the user may have switched the rule off meanwhile, or the
 * computer slept.
 */
export function mayLeave(
  { lanes }: Pick<RuleState, 'lanes'>,
  order: string,
  { now }: Pick<RunMoment, 'now'>,
): boolean {
  const run = Object.values(lanes).find((lane) => lane.run?.order?.id === order)?.run ?? null;
  if (run?.phase !== 'sent' || run.ending !== null) return false;
  const answerMs = run.order === null ? 0 : answerMsOf(run.order.act);
  return now - (run.until - answerMs) <= ruleLimits.leaveMs;
}

/** Monotonic time at which the driver must report `time`; null = never. */
export function nextWake({ lanes }: Pick<RuleState, 'lanes'>): number | null {
  const ends = Object.values(lanes).flatMap(({ run }) => (run === null ? [] : [run.until]));
  return ends.length === 0 ? null : Math.min(...ends);
}

/** Decides about one cause on one server, and about the end of a run (RULES "Modes and limits"). Pure. */
import { judge } from '../../bridge/rules/judge.js';
import { originOf } from '../../bridge/rules/rule-origin.js';
import { ruleLimits } from '../../bridge/rules/rule-limits.js';
import type { RuleTrigger } from '../../bridge/schema/rule-parts.js';
import type { RuleCause, RunEnd, RunRecord, SeenValue } from '../../bridge/schema/rule-runs.js';
import { notHeld } from './held-state.js';
import { programOf } from './program.js';
import { advance, stopped } from './run-sequence.js';
import {
  isActing,
  mustReport,
  type Lane,
  type RuleMove,
  type RuleState,
  type WaitingCause,
} from './rule-state.js';
import { newRun, recordOf, type RuleOrder, type RunMoment, type RunMove } from './run-state.js';

const emptyLane: Lane = { run: null, queue: [], starts: [], counted: [], held: notHeld, declined: null };

/** Lines that end alike within this time in ms share a trace. */
const repeatsMs = 60_000;

/** Ends that are the rule's fault; a sleep or a crash of Perch is not. */
const failedEnds: readonly RunEnd[] = ['unknown', 'failed', 'unsure', 'late'];

/** Ends after which a rule has done what its trigger wants, or may have. */
const settledEnds: readonly RunEnd[] = ['done', 'ended', 'unsure'];

/** Whether the trigger must be true until the end of the run. */
export function isThroughout(trigger: RuleTrigger): boolean {
  return trigger.kind === 'holds' && trigger.throughout === true;
}

export function laneOf({ lanes }: Pick<RuleState, 'lanes'>, serverId: string): Lane {
  return Object.hasOwn(lanes, serverId) ? (lanes[serverId] ?? emptyLane) : emptyLane;
}

/** Whether the lane holds only the trigger's own state. */
export function isUnused({ run, queue, starts, counted }: Lane): boolean {
  return run === null && queue.length === 0 && starts.length === 0 && counted.length === 0;
}

export function withLane(state: RuleState, serverId: string, lane: Lane): RuleState {
  return { ...state, lanes: { ...state.lanes, [serverId]: lane } };
}

/** A cause has come. */
export function arrive(state: RuleState, serverId: string, cause: RuleCause, moment: RunMoment): RuleMove {
  if (!isActing(state)) {
    const end = state.rule.agreedAt === null ? 'unagreed' : 'switched-off';
    return declined(state, serverId, cause, end, moment);
  }
  const { state: after, isEnough } = counting(state, serverId, cause, moment);
  return isEnough
    ? enter(after, serverId, cause, moment)
    : declined(after, serverId, cause, 'too-few', moment);
}

/** Whether an event has come often enough. After that the count starts again. */
function counting(
  state: RuleState,
  serverId: string,
  { kind }: RuleCause,
  { now }: RunMoment,
): { state: RuleState; isEnough: boolean } {
  const { trigger } = state.rule;
  if (trigger.kind !== 'repeated' || kind !== 'event') return { state, isEnough: true };
  const lane = laneOf(state, serverId);
  const counted = [...lane.counted.filter((at) => now - at <= trigger.withinMs), now];
  const isEnough = counted.length >= trigger.times;
  return {
    state: withLane(state, serverId, { ...lane, counted: isEnough ? [] : counted }),
    isEnough,
  };
}

/** A cause that counts: a run begins, or the mode decides. */
function enter(state: RuleState, serverId: string, cause: RuleCause, moment: RunMoment): RuleMove {
  const lane = laneOf(state, serverId);
  const waiting = { cause, at: moment.now };
  if (lane.run === null) return begin(state, serverId, waiting, moment);
  switch (state.rule.mode) {
    case 'single':
      return declined(state, serverId, cause, 'busy', moment);
    case 'queue':
      if (lane.queue.length >= ruleLimits.queued)
        return declined(state, serverId, cause, 'queue-full', moment);
      return { state: withLane(state, serverId, { ...lane, queue: [...lane.queue, waiting] }), orders: [] };
    case 'restart': {
      const records = lane.queue.flatMap(
        (old) => declined(state, serverId, old.cause, 'replaced', moment).orders,
      );
      const next = withLane(state, serverId, { ...lane, queue: [waiting] });
      const move = ended(next, serverId, stopped(lane.run, 'replaced', moment), moment);
      return { state: move.state, orders: [...records, ...move.orders] };
    }
  }
}

/** The run of this server after a move. After its end, the next waiting cause has its turn. */
export function ended(state: RuleState, serverId: string, move: RunMove, moment: RunMoment): RuleMove {
  const { run, end, orders } = move;
  const lane = laneOf(state, serverId);
  if (end === null) return { state: withLane(state, serverId, { ...lane, run }), orders };
  const record = recordOf(run, end, moment.wall);
  const failures = failuresAfter(state.failures, end);
  const isOffByStep = orders.some(({ kind }) => kind === 'switch-off');
  // A setting must not be lost because a node was away for an hour.
  const mayFail = originOf(state.rule.id) !== 'own';
  const isOffByFailures = state.rule.isOn && !isOffByStep && !mayFail && failures >= ruleLimits.failures;
  const rule = isOffByStep || isOffByFailures ? { ...state.rule, isOn: false } : state.rule;
  const offBy = isOffByStep ? 'step' : isOffByFailures ? 'failures' : state.offBy;
  // The time starts again, so that the rule tries again.
  const isRestarted = end === 'stopped' || (isThroughout(rule.trigger) && !settledEnds.includes(end));
  const held = isRestarted ? notHeld : lane.held;
  const lastRun = { at: run.cause.at, end, step: run.steps.at(-1) ?? null, backup: run.backup };
  const after = {
    ...withLane(state, serverId, { ...lane, run: null, held }),
    failures,
    rule,
    offBy,
    lastRun,
  };
  const off: RuleOrder[] = isOffByFailures ? [{ kind: 'switch-off', why: 'failures' }] : [];
  const followed = following(after, serverId, moment);
  return {
    state: followed.state,
    orders: [
      { kind: 'record', record, mustReport: mustReport(record) },
      ...orders,
      ...off,
      ...followed.orders,
    ],
  };
}

/**
 * A cause of which no run came. Lines of the console that end alike within a minute share a trace, because a player can
 * write a text every second.
 */
export function declined(
  state: RuleState,
  serverId: string,
  cause: RuleCause,
  end: RunEnd,
  moment: RunMoment,
  seen: readonly SeenValue[] = [],
): RuleMove {
  const { wall } = moment;
  const isLine = cause.kind === 'line';
  const lane = laneOf(state, serverId);
  const before = isLine && isRepeated(lane.declined, end, wall) ? lane.declined : null;
  const record: RunRecord =
    before === null
      ? {
          id: runId(state, cause, serverId),
          ruleId: state.rule.id,
          serverId,
          cause,
          isDry: false,
          agreedAt: state.rule.agreedAt,
          at: wall,
          endedAt: wall,
          end,
          seen: [...seen],
          steps: [],
        }
      : { ...before, endedAt: wall, repeats: (before.repeats ?? 0) + 1 };
  return {
    state: isLine ? withLane(state, serverId, { ...lane, declined: record }) : state,
    orders: [{ kind: 'record', record, mustReport: false }],
  };
}

function isRepeated(before: RunRecord | null, end: RunEnd, wall: number): boolean {
  return before?.end === end && wall >= before.at && wall - before.at < repeatsMs;
}

function begin(state: RuleState, serverId: string, { cause, at }: WaitingCause, moment: RunMoment): RuleMove {
  const { rule } = state;
  const decline = (end: RunEnd, seen: readonly SeenValue[] = []): RuleMove =>
    declined(state, serverId, cause, end, moment, seen);
  if (moment.now - at > ruleLimits.queuedMs) return decline('waited-too-long');
  const { verdict, seen } =
    rule.condition === null ? { verdict: true, seen: [] } : judge(rule.condition, moment, serverId);
  if (verdict !== true) return decline(verdict === false ? 'condition' : 'unknown', seen);
  const lane = laneOf(state, serverId);
  const starts = lane.starts.filter((start) => moment.now - start < rule.atMost.withinMs);
  if (starts.length >= rule.atMost.times) return decline('too-often', seen);
  const run = newRun({
    id: runId(state, cause, serverId),
    ruleId: rule.id,
    serverId,
    cause,
    isDry: false,
    agreedAt: rule.agreedAt,
    at: moment.wall,
    seen,
  });
  const started = withLane(state, serverId, { ...lane, starts: [...starts, moment.now] });
  return ended(started, serverId, advance(run, programOf(rule.steps), moment), moment);
}

/** Begins the first waiting cause that still may begin. */
export function following(state: RuleState, serverId: string, moment: RunMoment): RuleMove {
  const lane = laneOf(state, serverId);
  const [first, ...queue] = lane.queue;
  if (first === undefined || lane.run !== null || !isActing(state)) return { state, orders: [] };
  const move = begin(withLane(state, serverId, { ...lane, queue }), serverId, first, moment);
  const rest = following(move.state, serverId, moment);
  return { state: rest.state, orders: [...move.orders, ...rest.orders] };
}

/** Preview of a run now: all values, and the steps without an order. */
export function dryRun(
  { rule }: Pick<RuleState, 'rule'>,
  serverId: string,
  cause: RuleCause,
  moment: RunMoment,
): RunRecord {
  const { verdict, seen } =
    rule.condition === null ? { verdict: true, seen: [] } : judge(rule.condition, moment, serverId);
  const id = `${rule.id}/${cause.key}/${serverId}`;
  const { agreedAt } = rule;
  const run = newRun({ id, ruleId: rule.id, serverId, cause, isDry: true, agreedAt, at: moment.wall, seen });
  if (verdict !== true) return recordOf(run, verdict === false ? 'condition' : 'unknown', moment.wall);
  const move = advance(run, programOf(rule.steps), moment);
  return recordOf(move.run, move.end ?? 'done', moment.wall);
}

function failuresAfter(before: number, end: RunEnd): number {
  if (failedEnds.includes(end)) return before + 1;
  return end === 'done' || end === 'ended' ? 0 : before;
}

function runId({ rule }: Pick<RuleState, 'rule'>, cause: RuleCause, serverId: string): string {
  return `${rule.id}/${cause.key}/${serverId}`;
}

/**
 * The state of a rule on disk, and how the rule continues after a restart of Perch (RULES "After a crash of Perch").
 * Pure.
 *
 * Monotonic times start again with each run of Perch, so the disk has wall-clock times. An age is never negative: a
 * clock that was set back must not free anything.
 */
import { ruleLimits } from '../../bridge/rules/rule-limits.js';
import type { Rule } from '../../bridge/schema/rules.js';
import type { KeptRule, KeptRun } from '../../bridge/schema/rule-runs.js';
import { notHeld } from './held-state.js';
import { declined, ended, following, isThroughout, laneOf, withLane } from './rule-lanes.js';
import {
  isActing,
  mustReport,
  newRuleState,
  type Lane,
  type RuleMove,
  type RuleState,
} from './rule-state.js';
import { newRun, type RuleOrder, type Run, type RunMoment, type RunMove } from './run-state.js';
import { programOf } from './program.js';
import { noting } from './rule-sequence.js';
import { isSignalling, stopped } from './run-sequence.js';
import { closed } from './run-trace.js';
import { lineUpAgain } from './run-turn.js';

type KeptLane = [serverId: string, lane: KeptRule['lanes'][string]];
type Times = Pick<RunMoment, 'now' | 'wall'>;

export function keep(state: RuleState, times: Times): KeptRule {
  const wallOf = (at: number): number => times.wall - (times.now - at);
  const lanes = Object.entries(state.lanes).map(([id, { run, queue, starts, counted, held }]): KeptLane => [
    id,
    {
      run: run === null ? null : keepRun(run, wallOf),
      queue: queue.map(({ cause, at }) => ({ cause, at: wallOf(at) })),
      starts: starts.map(wallOf),
      counted: counted.map(wallOf),
      hasFired: held.firedAt !== null,
    },
  ]);
  return {
    ruleId: state.rule.id,
    agreedAt: state.rule.agreedAt,
    savedAt: times.wall,
    failures: state.failures,
    times: { ...state.times, ranAt: state.times.ranAt === -Infinity ? null : wallOf(state.times.ranAt) },
    lastRun: state.lastRun,
    missed: [...state.missed],
    offBy: state.offBy,
    unstored: [...state.unstored],
    causes: state.causes.map(({ key, at }) => ({ key, at: wallOf(at) })),
    lanes: Object.fromEntries(lanes),
  };
}

/** Whether the disk would have the same, so that a look at a figure costs no write. */
export function isKeptAlike(one: RuleState, other: RuleState): boolean {
  const fields = ['rule', 'causes', 'times', 'missed', 'failures', 'unstored', 'offBy', 'lastRun'] as const;
  if (fields.some((field) => one[field] !== other[field])) return false;
  if (one.lanes === other.lanes) return true;
  return Object.keys({ ...one.lanes, ...other.lanes }).every((id) => {
    const [before, after] = [laneOf(one, id), laneOf(other, id)];
    const lists = ['run', 'queue', 'starts', 'counted'] as const;
    const isSame = lists.every((list) => before[list] === after[list]);
    return isSame && (before.held.firedAt === null) === (after.held.firedAt === null);
  });
}

/** The rule of the current settings, with the stored state of the earlier run of Perch. */
export function restore(settled: Rule, kept: KeptRule | null, moment: RunMoment): RuleMove {
  if (kept === null) return { state: newRuleState(settled, moment), orders: [] };
  const isSame = kept.agreedAt === settled.agreedAt;
  // Perch ended after the rule had switched itself off, and before the settings had that.
  const offBy = isSame ? kept.offBy : null;
  const rule = offBy === null ? settled : { ...settled, isOn: false };
  const here = (at: number): number => moment.now - Math.max(0, moment.wall - at);
  const restart = { kept, moment, isSame, here };
  const unstored = kept.unstored.map((record): RuleOrder => ({
    kind: 'record',
    record,
    mustReport: mustReport(record),
  }));
  const off: RuleOrder[] = offBy === null || !settled.isOn ? [] : [{ kind: 'switch-off', why: offBy }];
  const move = Object.entries(kept.lanes).reduce<RuleMove>(
    ({ state, orders }, [serverId, { run }]) => {
      const after = run === null ? waiting(state, serverId, restart) : goOn(state, serverId, run, restart);
      return { state: after.state, orders: [...orders, ...after.orders] };
    },
    { state: { ...stateOf(rule, restart), offBy }, orders: [] },
  );
  const { state, orders } = noting(move);
  return {
    state: { ...state, unstored: [...kept.unstored, ...state.unstored] },
    orders: [...unstored, ...off, ...orders],
  };
}

function stateOf(rule: Rule, { kept, moment, isSame, here }: Restart): RuleState {
  const fresh = newRuleState(rule, moment);
  // Nobody knows whether the trigger stayed true while Perch was closed.
  const hasHeld = isSame && !isThroughout(rule.trigger);
  const lanes = Object.entries(kept.lanes).map(
    ([id, { queue, starts, counted, hasFired }]): [string, Lane] => [
      id,
      {
        run: null,
        queue: queue.map(({ cause, at }) => ({ cause, at: here(at) })),
        starts: starts.map(here),
        counted: isSame ? counted.map(here) : [],
        held: hasHeld && hasFired ? { ...notHeld, firedAt: moment.now } : notHeld,
        declined: null,
      },
    ],
  );
  const causes = kept.causes.map(({ key, at }) => ({ key, at: here(at) }));
  const old = { ...fresh, lanes: Object.fromEntries(lanes), causes, lastRun: kept.lastRun };
  if (!isSame) return old;
  return { ...old, failures: kept.failures, times: timesOf(kept, here), missed: kept.missed };
}

/** Causes in the queue keep their places, unless the rule may no longer act on them. */
function waiting(state: RuleState, serverId: string, { isSame, moment }: Restart): RuleMove {
  if (isSame && isActing(state)) return following(state, serverId, moment);
  const lane = laneOf(state, serverId);
  const orders = lane.queue.flatMap(
    ({ cause }) => declined(state, serverId, cause, whyOver(state), moment).orders,
  );
  return { state: withLane(state, serverId, { ...lane, queue: [] }), orders };
}

function whyOver({ rule }: Pick<RuleState, 'rule'>): 'changed' | 'switched-off' {
  return rule.isOn ? 'changed' : 'switched-off';
}

interface Restart {
  readonly kept: KeptRule;
  readonly moment: RunMoment;
  readonly isSame: boolean;
  readonly here: (at: number) => number;
}

function goOn(before: RuleState, serverId: string, keptRun: KeptRun, restart: Restart): RuleMove {
  const { moment, isSame, kept } = restart;
  const isGoing = isSame && isActing(before);
  const queued = isGoing ? { state: before, orders: [] } : waiting(before, serverId, restart);
  const begun = runOf(keptRun, before, serverId, restart);
  const run = isGoing ? begun : { ...begun, ending: begun.ending ?? whyOver(before) };
  const state = withLane(queued.state, serverId, { ...laneOf(queued.state, serverId), run });
  const isCut = isThroughout(before.rule.trigger) && !isSignalling(run);
  if (run.phase === 'looking' && run.order !== null && !isCut)
    return { state, orders: [...queued.orders, { kind: 'look-up', ...run.order }] };
  const isSetBack = moment.wall < kept.savedAt;
  const isLate = moment.wall - keptRun.until > ruleLimits.lateMs;
  if (isGoing && !isSetBack && !isLate && !isCut)
    return { state, orders: [...queued.orders, ...lineUpAgain(run, programOf(before.rule.steps))] };
  const end = isGoing || isCut ? cutOff(run, moment) : stopped(run, whyOver(before), moment);
  const after = ended(state, serverId, end, moment);
  return { state: after.state, orders: [...queued.orders, ...after.orders] };
}

function cutOff(run: Run, moment: RunMoment): RunMove {
  return { run: closed(run, 'cut', moment), end: 'interrupted', orders: [] };
}

function runOf(kept: KeptRun, { rule }: RuleState, serverId: string, restart: Restart): Run {
  const { moment, here } = restart;
  const { agreedAt } = restart.kept;
  const { id, cause, at, next, backup, ending, seen, steps, order, signals, phase } = kept;
  const begun = newRun({ id, ruleId: rule.id, serverId, cause, isDry: false, agreedAt, at, seen });
  const isSent = phase === 'sent';
  const turn =
    kept.turn === null ? null : { ...kept.turn, since: here(kept.turn.since), askedFrom: moment.now };
  return {
    ...begun,
    next,
    backup,
    ending,
    steps,
    order,
    turn,
    phase: isSent ? 'looking' : phase,
    until: moment.now + (isSent ? ruleLimits.answerMs : kept.until - moment.wall),
    signals: Object.fromEntries(
      Object.entries(signals).map(([on, signal]) => [on, { ...signal, at: here(signal.at) }]),
    ),
  };
}

function keepRun(run: Run, wallOf: (at: number) => number): KeptRun {
  const { id, cause, at, next, backup, ending, seen, steps, order, signals, phase, until, turn } = run;
  return {
    id,
    cause,
    at,
    next,
    backup,
    ending,
    order,
    turn: turn === null ? null : { since: wallOf(turn.since), tries: turn.tries },
    phase: phase === 'paused' || phase === 'turn' ? phase : 'sent',
    until: wallOf(until),
    signals: Object.fromEntries(
      Object.entries(signals).map(([on, signal]) => [on, { ...signal, at: wallOf(signal.at) }]),
    ),
    seen: [...seen],
    steps: [...steps],
  };
}

function timesOf({ times }: KeptRule, here: (at: number) => number): RuleState['times'] {
  return { ...times, ranAt: times.ranAt === null ? -Infinity : here(times.ranAt) };
}

/**
 * One rule with all of its runs as a value: facts in, orders out (RULES "Causes", "Modes and limits"). Pure.
 *
 * The driver writes the new state to the disk before it carries out an order of kind `act`.
 */
import type { RuleCause } from '../../bridge/schema/rule-runs.js';
import { ruleLimits } from '../../bridge/rules/rule-limits.js';
import { judge } from '../../bridge/rules/judge.js';
import { checkHeld, notHeld, type HeldCheck } from './held-state.js';
import { programOf } from './program.js';
import { arrive, declined, ended, isThroughout, isUnused, laneOf, withLane } from './rule-lanes.js';
import { isPlanned, checkTimes, type PlannedTrigger } from './rule-times.js';
import { isSignalling, next, stopped } from './run-sequence.js';
import { isActing, type RuleFact, type RuleMove, type RuleState } from './rule-state.js';
import type { RuleOrder, RunFact, RunMoment } from './run-state.js';

export function step(before: RuleState, fact: RuleFact, at: RunMoment): RuleMove {
  const moment = { ...at, ruleId: before.rule.id };
  const move = moved(before, fact, moment);
  // A step or failed runs switched the rule off: its runs on other servers end as well.
  const isSwitchedOff = before.rule.isOn && !move.state.rule.isOn && fact.kind !== 'rule';
  return noting(isSwitchedOff ? then(move, (state) => endAll(state, 'switched-off', moment)) : move);
}

/** Keeps each trace until the history has it. */
export function noting({ state, orders }: RuleMove): RuleMove {
  const records = orders.flatMap((order) => (order.kind === 'record' ? [order.record] : []));
  if (records.length === 0) return { state, orders };
  // A trace that counts further lines replaces the previous trace.
  const byId = new Map([...state.unstored, ...records].map((record) => [record.id, record]));
  const unstored = [...byId.values()].slice(-ruleLimits.unstored);
  return { state: { ...state, unstored }, orders };
}

function moved(state: RuleState, fact: RuleFact, moment: RunMoment): RuleMove {
  switch (fact.kind) {
    case 'cause':
      return caused(state, fact.cause, fact.servers, moment);
    case 'look':
      // A run may wait for a value that has come now.
      return then(look(state, fact.servers, moment), (after) => forRuns(after, { kind: 'time' }, moment));
    case 'rule':
      return changed(state, fact.rule, moment);
    case 'stop':
      return fact.servers.reduce<RuleMove>(
        (move, serverId) => then(move, (after) => stopLane(after, serverId, fact.why, moment)),
        stay(state),
      );
    case 'stored':
      return stay({ ...state, unstored: state.unstored.filter(({ id }) => !fact.ids.includes(id)) });
    default:
      return forRuns(state, fact, moment);
  }
}

function caused(
  before: RuleState,
  cause: RuleCause,
  servers: readonly string[],
  moment: RunMoment,
): RuleMove {
  if (!before.rule.isOn || before.causes.some(({ key }) => key === cause.key)) return stay(before);
  const recent = before.causes.filter(({ at }) => moment.now - at < ruleLimits.causesMs);
  const causes = [...recent, { key: cause.key, at: moment.now }].slice(-ruleLimits.causes);
  return servers.reduce<RuleMove>(
    (move, serverId) => then(move, (state) => arrive(state, serverId, cause, moment)),
    stay({ ...before, causes }),
  );
}

function look(before: RuleState, servers: readonly string[], moment: RunMoment): RuleMove {
  if (!isActing(before)) return stay(before);
  const { trigger: plan } = before.rule;
  if (isPlanned(plan)) return lookAtPlan(before, plan, servers, moment);
  return lookAtLasting(before, servers, moment);
}

/** All servers are judged before the first cause, so a look at a thousand servers copies the lanes once. */
function lookAtLasting(before: RuleState, servers: readonly string[], moment: RunMoment): RuleMove {
  const { trigger, condition } = before.rule;
  const isAll = isThroughout(trigger);
  const lanes = new Map(Object.entries(before.lanes));
  const causes: { readonly serverId: string; readonly cause: RuleCause }[] = [];
  const overs: { readonly serverId: string; readonly look: HeldCheck }[] = [];
  let isChanged = false;
  for (const serverId of servers) {
    const lane = laneOf(before, serverId);
    const isTrue = (): boolean =>
      !isAll || condition === null || judge(condition, moment, serverId).verdict === true;
    const look = checkHeld(lane.held, trigger, moment, serverId, isTrue);
    const { held, met } = look;
    if (isAll && lane.run !== null && (held.since === null || held.since !== lane.held.since || !isTrue()))
      overs.push({ serverId, look });
    if (held === lane.held) continue;
    isChanged = true;
    if (held === notHeld && isUnused(lane)) lanes.delete(serverId);
    else lanes.set(serverId, { ...lane, held });
    if (met === null) continue;
    const value = typeof met.value === 'boolean' ? null : met.value;
    const key = `${trigger.kind}:${serverId}:${moment.wall - (moment.now - (held.since ?? moment.now))}`;
    const kind = trigger.kind === 'figure' || trigger.kind === 'holds' ? trigger.kind : 'state';
    causes.push({ serverId, cause: { key, kind, at: moment.wall, value } });
  }
  const begun = causes.reduce<RuleMove>(
    (move, { serverId, cause }) => then(move, (state) => caused(state, cause, [serverId], moment)),
    stay(isChanged ? { ...before, lanes: Object.fromEntries(lanes) } : before),
  );
  return overs.reduce<RuleMove>(
    (move, { serverId, look }) => then(move, (state) => noLonger(state, serverId, look, moment)),
    begun,
  );
}

/**
 * The trigger that must be true throughout the run is no longer true. The run waits for a power signal that was sent.
 */
function noLonger(
  before: RuleState,
  serverId: string,
  { judgement }: HeldCheck,
  moment: RunMoment,
): RuleMove {
  const { run } = laneOf(before, serverId);
  if (run === null || isSignalling(run)) return stay(before);
  const why = judgement?.verdict === 'unknown' ? 'unknown' : 'condition';
  return ended(before, serverId, stopped(run, why, moment, judgement?.seen), moment);
}

/** A person, or the end of Perch, stops the run; the time of a trigger that lasts starts again. */
function stopLane(
  before: RuleState,
  serverId: string,
  why: 'stopped' | 'interrupted',
  moment: RunMoment,
): RuleMove {
  const lane = laneOf(before, serverId);
  const { run, held } = lane;
  if (run === null) {
    // A signal that this truth caused must not leave again.
    if (held === notHeld || held.firedAt !== null) return stay(before);
    return stay(withLane(before, serverId, { ...lane, held: notHeld }));
  }
  if (isThroughout(before.rule.trigger) && isSignalling(run)) return stay(before);
  return ended(before, serverId, stopped(run, why, moment), moment);
}

function lookAtPlan(
  before: RuleState,
  plan: PlannedTrigger,
  servers: readonly string[],
  moment: RunMoment,
): RuleMove {
  const { times, due, missed } = checkTimes(before.times, plan, moment);
  if (times === before.times) return stay(before);
  // Times that a wrong clock had reached are not missed: they come.
  const isSetBack = times.era !== before.times.era;
  const known = isSetBack ? before.missed.filter((at) => at <= moment.wall) : before.missed;
  const state = { ...before, times, missed: [...known, ...missed].slice(-ruleLimits.missed) };
  const told: RuleOrder[] = missed.length === 0 ? [] : [{ kind: 'missed', times: missed }];
  if (due === null) return { state, orders: told };
  const cause = { key: `${plan.kind}:${due}:${times.era}`, kind: plan.kind, at: due, value: null } as const;
  return then({ state, orders: told }, (after) => caused(after, cause, servers, moment));
}

/** A new agreement makes a new rule, whatever changed. */
function changed(before: RuleState, rule: RuleState['rule'] | null, moment: RunMoment): RuleMove {
  const isOff = rule?.isOn !== true;
  const isOther = rule !== null && rule.agreedAt !== before.rule.agreedAt;
  const kept = { ...before, rule: rule ?? { ...before.rule, isOn: false } };
  const isSwitched = before.rule.isOn !== kept.rule.isOn;
  if (!isSwitched && !isOther) return stay(kept);
  const lanes = Object.fromEntries(
    Object.entries(before.lanes).map(([id, lane]) => [
      id,
      { ...lane, held: notHeld, counted: [], declined: null },
    ]),
  );
  const settled = { ...before.times, settledAt: moment.wall };
  const other = { ranAt: -Infinity, ranFor: null, era: settled.era + 1 };
  // A setting that is made again begins with its next time.
  const times = { ...settled, ...(isOther && other), ...(rule === null && { plan: '' }) };
  const renewed = { ...kept, lanes, times, failures: 0, offBy: null };
  return endAll(renewed, isOff ? 'switched-off' : 'changed', moment);
}

/** Ends every run and every waiting cause. */
function endAll(before: RuleState, why: 'switched-off' | 'changed', moment: RunMoment): RuleMove {
  return Object.keys(before.lanes).reduce<RuleMove>(
    (move, serverId) => then(move, (state) => endLane(state, serverId, why, moment)),
    stay(before),
  );
}

function endLane(
  before: RuleState,
  serverId: string,
  why: 'switched-off' | 'changed',
  moment: RunMoment,
): RuleMove {
  const lane = laneOf(before, serverId);
  const records = lane.queue.flatMap(({ cause }) => declined(before, serverId, cause, why, moment).orders);
  const state = withLane(before, serverId, { ...lane, queue: [] });
  if (lane.run === null) return { state, orders: records };
  const move = ended(state, serverId, stopped(lane.run, why, moment), moment);
  return { state: move.state, orders: [...records, ...move.orders] };
}

function forRuns(before: RuleState, fact: RunFact, moment: RunMoment): RuleMove {
  const running = Object.keys(before.lanes).filter((id) => laneOf(before, id).run !== null);
  if (running.length === 0) return stay(before);
  const program = programOf(before.rule.steps);
  return running.reduce<RuleMove>(
    (move, serverId) =>
      then(move, (state) => {
        const { run } = laneOf(state, serverId);
        // A run of another server has just switched the rule off: this run ends before it may send a signal.
        const isOver = before.rule.isOn && !state.rule.isOn;
        if (run === null || isOver) return stay(state);
        const move = next(run, program, fact, moment);
        const isSame = move.run === run && move.end === null;
        return isSame ? stay(state) : ended(state, serverId, move, moment);
      }),
    stay(before),
  );
}

function then(move: RuleMove, go: (state: RuleState) => RuleMove): RuleMove {
  const { state, orders } = go(move.state);
  return { state, orders: [...move.orders, ...orders] };
}

function stay(state: RuleState): RuleMove {
  return { state, orders: [] };
}

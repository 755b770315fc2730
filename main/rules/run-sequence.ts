/**
 * One run of a rule as a value: facts in, orders out (RULES "Steps"). Pure.
 *
 * A run walks its program once. Before each order the state of the server must be known; Perch sends an order once, and
 * a run that does not know the outcome of its order ends and says so.
 */
import { judge, usablePlayers } from '../../bridge/rules/judge.js';
import { orderIdOf } from '../../bridge/rules/order-id.js';
import type { Problem } from '../../bridge/errors.js';
import { ruleLimits } from '../../bridge/rules/rule-limits.js';
import type { RuleAct, RulePause } from '../../bridge/schema/rule-parts.js';
import type { RunEnd, SeenValue, StepOutcome } from '../../bridge/schema/rule-runs.js';
import { hindrance, isStateless, mayFail } from './act-needs.js';
import type { ProgramStep } from './program.js';
import { powerOf, remembering, signOf } from './run-signs.js';
import type { PlayerAnswer, Run, RunFact, RunMoment, RunMove } from './run-state.js';
import { begun, closed, noted } from './run-trace.js';
import { answerMsOf, askAgain, lineUp, takesTurns, whileInTurn } from './run-turn.js';

type Program = readonly ProgramStep[];
type PlainStep = Extract<ProgramStep, { kind: 'step' }>;

/** Continues until an order leaves, a pause begins, or the run ends. */
export function advance(before: Run, program: Program, moment: RunMoment): RunMove {
  let run = before;
  for (;;) {
    const op = program[run.next];
    if (op === undefined) return over(run, 'done');
    if (op.kind === 'jump') {
      run = { ...run, next: op.to };
      continue;
    }
    if (op.kind === 'if') {
      const { verdict, seen } = judge(op.condition, moment, run.serverId);
      const outcome: StepOutcome = verdict === 'unknown' ? 'unknown' : verdict ? 'true' : 'false';
      run = noted(run, { place: op.place, kind: 'if', outcome }, moment, seen);
      if (verdict === 'unknown') return over(run, 'unknown');
      run = { ...run, next: verdict ? run.next + 1 : op.elseAt };
      continue;
    }
    const move = take(run, op, moment);
    if (move.end !== null || move.run.phase !== 'ready') return move;
    run = { ...move.run, next: run.next + 1 };
  }
}

/** The run after a fact. */
export function next(before: Run, program: Program, fact: RunFact, moment: RunMoment): RunMove {
  const run = remembering(before, fact);
  switch (run.phase) {
    case 'ready':
      return advance(run, program, moment);
    case 'sent':
      if (fact.kind === 'answered' && fact.order === run.order?.id)
        return answered(run, program, fact, moment);
      if (fact.kind === 'withheld' && fact.order === run.order?.id)
        return over(closed(run, 'cut', moment), run.ending ?? fact.why ?? 'asleep');
      if (moment.now < run.until) return stay(run);
      if (mayFail(run.order?.act)) return past(closed(run, 'unsure', moment), program, moment);
      return over(closed(run, 'unsure', moment), 'unsure');
    case 'looking':
      if (fact.kind === 'looked' && fact.order === run.order?.id) return looked(run, program, fact, moment);
      return moment.now >= run.until ? over(closed(run, 'unsure', moment), 'unsure') : stay(run);
    case 'paused':
      return whilePaused(run, program, fact, moment);
    case 'turn':
      return whileInTurn(run, program, fact, moment);
  }
}

/** The run ends, but an order that has left is waited for. */
export function stopped(run: Run, why: RunEnd, moment: RunMoment, seen: readonly SeenValue[] = []): RunMove {
  if (run.phase === 'sent' || run.phase === 'looking') return stay({ ...run, ending: run.ending ?? why });
  return over(closed(run, 'cut', moment, null, seen), why);
}

/** Whether a power signal has left, or is about to. */
export function isSignalling({ phase, order }: Run): boolean {
  return (phase === 'sent' || phase === 'looking') && order?.act.kind === 'power';
}

function take(run: Run, op: PlainStep, moment: RunMoment): RunMove {
  const { place, step } = op;
  switch (step.kind) {
    case 'end':
      return over(noted(run, { place, kind: 'end', outcome: 'done' }, moment), 'ended');
    case 'switch-off': {
      const outcome = run.isDry ? 'would' : 'done';
      const move = over(noted(run, { place, kind: 'switch-off', outcome }, moment), 'ended');
      return run.isDry ? move : { ...move, orders: [{ kind: 'switch-off', why: 'step' }] };
    }
    case 'delay':
    case 'wait':
      return pause(run, op, step, moment);
    default:
      return send(run, place, step, moment);
  }
}

function pause(run: Run, { place }: PlainStep, step: RulePause, moment: RunMoment): RunMove {
  if (run.isDry) return stay(noted(run, { place, kind: step.kind, outcome: 'would' }, moment));
  const waiting = begun(run, { place, kind: step.kind, outcome: 'waiting' }, moment);
  const ms = step.kind === 'delay' ? step.ms + moment.random() * (step.spreadMs ?? 0) : step.limitMs;
  const sign = step.kind === 'delay' ? 'not-yet' : signOf(run, { ...step, since: moment.now }, moment, null);
  if (sign === 'there') return stay(closed(waiting, 'waited', moment));
  if (sign === 'failed') return over(closed(waiting, 'refused', moment), 'failed');
  const paused = stay({ ...waiting, phase: 'paused', until: moment.now + ms });
  if (step.kind === 'delay' || step.sign.kind !== 'players') return paused;
  const { on, atMost } = step.sign;
  const ask = { kind: 'ask', id: orderIdOf(run.id, place), serverId: on ?? run.serverId } as const;
  return { ...paused, orders: [{ ...ask, mayCommand: atMost !== undefined }] };
}

function whilePaused(run: Run, program: Program, fact: RunFact, moment: RunMoment): RunMove {
  const op = program[run.next];
  // The list of steps has changed since the run began.
  if (op?.kind !== 'step' || !isPause(op.step)) return over(closed(run, 'cut', moment), 'changed');
  const { step } = op;
  if (moment.now - run.until > ruleLimits.lateMs) return over(closed(run, 'asleep', moment), 'asleep');
  if (step.kind === 'wait' && step.sign.kind === 'players' && step.sign.atMost !== undefined) {
    const isAnswer = fact.kind === 'counted' && fact.order === orderIdOf(run.id, op.place);
    if (isAnswer) return counted(run, program, { ...step.sign, atMost: step.sign.atMost, ...fact }, moment);
  } else if (step.kind === 'wait') {
    const sign = signOf(run, { ...step, since: run.until - step.limitMs }, moment, fact);
    if (sign === 'failed') return over(closed(run, 'refused', moment, problemOf(run)), 'failed');
    if (sign === 'there') return past(closed(run, 'waited', moment), program, moment);
  }
  if (moment.now < run.until) return stay(run);
  if (step.kind === 'delay') return past(closed(run, 'waited', moment), program, moment);
  const late = closed(run, 'late', moment);
  return step.late === 'end' ? over(late, 'late') : past(late, program, moment);
}

/** Why the backup that the run waits for was never begun; null = the panel began it. */
function problemOf({ ended, backup }: Run): Problem | null {
  return ended.find((one) => one.backup === backup)?.problem ?? null;
}

/** The answer of the game to the question of this wait. */
function counted(
  run: Run,
  program: Program,
  answer: PlayerAnswer & { readonly on: string | null; readonly atMost: number },
  moment: RunMoment,
): RunMove {
  const { on, atMost, count, problem } = answer;
  if (count === null) return over(closed(run, 'refused', moment, problem), 'failed');
  const server = on ?? run.serverId;
  // Somebody may have come while the answer was on its way, and the console said so.
  const most = Math.max(count, usablePlayers(moment, server)?.value ?? 0);
  const isFew = most <= atMost;
  const value = { verdict: isFew, value: most, source: 'query', ageMs: 0 } as const;
  const seen = [{ of: 'players', on: server, ...value }] as const;
  if (!isFew) return over(closed(run, 'false', moment, null, seen), 'condition');
  return past(closed(run, 'waited', moment, null, seen), program, moment);
}

function isPause(step: PlainStep['step']): step is RulePause {
  return step.kind === 'delay' || step.kind === 'wait';
}

function send(run: Run, place: string, act: RuleAct, moment: RunMoment): RunMove {
  const on = 'on' in act ? (act.on ?? run.serverId) : run.serverId;
  if (!isStateless(act) && !mayFail(act)) {
    const power = powerOf(run, on, moment);
    if (power === null)
      return over(noted(run, { place, kind: act.kind, outcome: 'unknown' }, moment), 'unknown');
    const hindered = hindrance(act, power);
    if (hindered !== null) {
      const told = noted(run, { place, kind: act.kind, outcome: hindered }, moment);
      return hindered === 'needless' ? stay(told) : over(told, 'failed');
    }
  }
  if (run.isDry) return stay(noted(run, { place, kind: act.kind, outcome: 'would' }, moment));
  if (takesTurns(act)) return lineUp(run, { place, act, serverId: on }, moment);
  const signal = { at: moment.now, isUnseen: act.kind === 'power' && act.signal === 'restart' };
  const signals = act.kind === 'power' ? { ...run.signals, [on]: signal } : run.signals;
  const sent = begun({ ...run, signals }, { place, kind: act.kind, outcome: 'sent' }, moment);
  const order = { id: orderIdOf(run.id, place), serverId: on, act };
  const until = moment.now + answerMsOf(act);
  return { run: { ...sent, order, phase: 'sent', until }, end: null, orders: [{ kind: 'act', ...order }] };
}

type Answer = Extract<RunFact, { kind: 'answered' }>;

function answered(before: Run, program: Program, { problem, backup }: Answer, moment: RunMoment): RunMove {
  const run = { ...before, backup: backup ?? before.backup };
  const isHarmless = mayFail(run.order?.act);
  if (problem?.maybeDone === true && !isHarmless)
    return over(closed(run, 'unsure', moment, problem), 'unsure');
  const again = problem === null ? null : askAgain(run, problem, moment);
  if (again !== null) return again;
  const kind = run.steps.at(-1)?.kind;
  const told = closed(run, problem === null ? 'done' : 'refused', moment, problem);
  // A service for notifications that is away must not keep the rule from its work.
  if (problem !== null && kind !== 'notify' && !isHarmless) return over(told, 'failed');
  return afterOrder(told, program, moment);
}

type Look = Extract<RunFact, { kind: 'looked' }>;

function looked(before: Run, program: Program, { isFound, backup }: Look, moment: RunMoment): RunMove {
  const run = { ...before, backup: backup ?? before.backup };
  if (!isFound) return over(closed(run, 'unsure', moment), 'unsure');
  return afterOrder(closed(run, 'found', moment), program, moment);
}

function afterOrder(run: Run, program: Program, moment: RunMoment): RunMove {
  if (run.ending !== null) return over(run, run.ending);
  if (moment.now - run.until > ruleLimits.lateMs) return over(run, 'asleep');
  return past(run, program, moment);
}

/** Continues with the next step. */
function past(run: Run, program: Program, moment: RunMoment): RunMove {
  return advance({ ...run, phase: 'ready', order: null, turn: null, next: run.next + 1 }, program, moment);
}

function stay(run: Run): RunMove {
  return { run, end: null, orders: [] };
}

function over(run: Run, end: RunEnd): RunMove {
  return { run, end, orders: [] };
}

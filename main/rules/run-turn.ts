/**
 * Steps that take turns (RULES "Turns"): servers of one panel follow each other, and a busy panel is asked again. Pure.
 *
 * Each attempt is an order with its own id, and leaves only after a certain refusal of the previous attempt. So no two
 * attempts do the work twice.
 */
import type { Problem } from '../../bridge/errors.js';
import { orderIdOf } from '../../bridge/rules/order-id.js';
import { ruleLimits } from '../../bridge/rules/rule-limits.js';
import type { RuleAct } from '../../bridge/schema/rule-parts.js';
import type { ProgramStep } from './program.js';
import type { RuleOrder, Run, RunFact, RunMoment, RunMove, RunTurn, TurnDelay } from './run-state.js';
import { begun, changed, closed } from './run-trace.js';

/** Whether a step takes turns. Such a step asks the panel only, so the state of the server does not matter. */
export function takesTurns(act: RuleAct): boolean {
  return act.kind === 'backup' && act.inTurn === true;
}

/** Time in ms for the answer to an order. */
export function answerMsOf(act: RuleAct): number {
  return takesTurns(act) ? ruleLimits.slowAnswerMs : ruleLimits.answerMs;
}

/** The step begins to wait for its turn. */
export function lineUp(
  run: Run,
  { place, act, serverId }: { readonly place: string; readonly act: RuleAct; readonly serverId: string },
  moment: RunMoment,
): RunMove {
  const since = moment.now - lateness(run, moment);
  const waiting = begun(run, { place, kind: act.kind, outcome: 'waiting' }, moment);
  return inLine(waiting, { since, askedFrom: since, tries: 0 }, serverId, null);
}

/** Asks for the turn again after a restart of Perch, for a run that waited for its turn. */
export function lineUpAgain(run: Run, program: readonly ProgramStep[]): readonly RuleOrder[] {
  const step = actOf(run, program);
  if (run.phase !== 'turn' || step === null) return [];
  return [{ kind: 'turn', run: run.id, serverId: step.serverId, delay: null }];
}

/** Effect of a fact on a run that waits for its turn: the turn comes, or the wait ends too late. */
export function whileInTurn(
  run: Run,
  program: readonly ProgramStep[],
  fact: RunFact,
  moment: RunMoment,
): RunMove {
  const step = actOf(run, program);
  // The rule has other steps than at the beginning of the run.
  if (step === null || run.turn === null) return over(closed(run, 'cut', moment), 'changed');
  if (moment.now >= run.until) return over(closed(run, 'late', moment), 'late');
  if (fact.kind !== 'turn' || fact.run !== run.id) return { run, end: null, orders: [] };
  const { place, act, serverId } = step;
  const tries = run.turn.tries + 1;
  const order = { id: `${orderIdOf(run.id, place)}${tries === 1 ? '' : `~${tries}`}`, serverId, act };
  const sent = changed(run, { outcome: 'sent', ...(tries > 1 && { tries }) });
  const until = moment.now + answerMsOf(act);
  return {
    run: { ...sent, turn: { ...run.turn, tries }, order, phase: 'sent', until },
    end: null,
    orders: [{ kind: 'act', ...order }],
  };
}

/** The run waits for its next turn after a refusal; null = the step takes no turns, or no attempt is left. */
export function askAgain(run: Run, problem: Problem, moment: RunMoment): RunMove | null {
  const { turn, order } = run;
  if (turn === null || order === null || run.ending !== null) return null;
  const delay = delayAfter(problem, turn, moment.now);
  if (delay === null) return null;
  return inLine(changed({ ...run, order: null }, { outcome: 'waiting' }), turn, order.serverId, delay);
}

/** The panel did not answer, and has not begun the work. */
export function isUnanswered({ code, maybeDone }: Problem): boolean {
  return maybeDone !== true && ['panel-unreachable', 'offline', 'timeout'].includes(code);
}

function delayAfter(problem: Problem, { since, askedFrom }: RunTurn, now: number): TurnDelay | null {
  if (isUnanswered(problem)) {
    const ms = ruleLimits.askAgainMs;
    return now + ms - askedFrom <= ruleLimits.unansweredMs ? { ms, ofPanel: true } : null;
  }
  if (problem.code !== 'rate-limited') return null;
  const ms = Math.max(1000, (problem.retryAt ?? now + ruleLimits.askAgainMs) - now);
  return now + ms - since <= ruleLimits.turnMs ? { ms, ofPanel: problem.ofServer !== true } : null;
}

function inLine(run: Run, turn: RunTurn, serverId: string, delay: TurnDelay | null): RunMove {
  const until = turn.since + ruleLimits.turnMs;
  return {
    run: { ...run, turn, phase: 'turn', until },
    end: null,
    orders: [{ kind: 'turn', run: run.id, serverId, delay }],
  };
}

/** Ms between a planned time and now; another cause is never late. */
function lateness({ cause }: Run, { wall }: RunMoment): number {
  const late = wall - cause.at;
  const isPlanned = cause.kind === 'time' || cause.kind === 'cron';
  return isPlanned && late >= 0 && late <= ruleLimits.graceMs ? late : 0;
}

function actOf(
  run: Run,
  program: readonly ProgramStep[],
): { readonly place: string; readonly act: RuleAct; readonly serverId: string } | null {
  const op = program[run.next];
  if (op?.kind !== 'step' || op.step.kind !== 'backup' || !takesTurns(op.step)) return null;
  return { place: op.place, act: op.step, serverId: op.step.on ?? run.serverId };
}

function over(run: Run, end: 'late' | 'changed'): RunMove {
  return { run, end, orders: [] };
}

/**
 * Gives the orders of rules to the parts of Perch that carry them out, and each answer back to the rule (RULES "The driver").
 *
 * An act leaves only after the state of its run is on disk. If the disk refuses, nothing leaves.
 */
import { toProblem } from '../../bridge/errors.js';
import type { RunRecord } from '../../bridge/schema/rule-runs.js';
import type { Rule } from '../../bridge/schema/rules.js';
import type { Clock, Log } from '../base/ports.js';
import { mayLeave, type RuleFact, type RuleMove, type RuleState, type TraceNews } from './rule-state.js';
import type { AllRules } from './rule-sources.js';
import { PlayerQuestions, type AskPlayers } from './player-questions.js';
import { SentLines } from './sent-lines.js';
import type { RuleOrder, RunMoment, SentOrder } from './run-state.js';
import { orderObstacle } from './throughout.js';
import { RuleTurns, type Turn, type RuleTurnsDeps } from './turns.js';

export interface OrderDispatchDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly book: Pick<AllRules, 'switchOff' | 'sourceOf'>;
  moment(): RunMoment;
  readonly turns: Omit<RuleTurnsDeps, 'clock' | 'give'>;
  /** Resolves with the answer. Rejects with `PerchError`. */
  carryOut(order: SentOrder, rule: Rule): Promise<{ readonly backup?: string }>;
  /** Whether Perch knows that an order of its earlier run was carried out. `sentAt` = wall-clock time. Never rejects. */
  lookUp(order: SentOrder, sentAt: number): Promise<{ readonly isFound: boolean; readonly backup?: string }>;
  /** Asks a game how many players are on. Rejects with `PerchError`. */
  readonly askPlayers: AskPlayers;
  /** A power signal has left for this server, or may have. */
  signalled(serverId: string): void;
  /** Resolves when the history has the trace. Never rejects. */
  keepTrace(record: RunRecord, news: TraceNews): Promise<void>;
}

/** The rules as the dispatch needs them. */
interface Rules {
  state(id: string): RuleState | undefined;
  take(id: string, fact: RuleFact): void;
  /** A run has ended; its trace still has to go into the history. */
  ended(record: RunRecord): void;
}

interface Sending extends RuleMove {
  readonly isRestored: boolean;
  /** Resolves when the disk has the state. */
  readonly saved: Promise<void>;
}

export class OrderDispatch {
  readonly #said: SentLines;
  readonly #turns: RuleTurns;
  readonly #questions: PlayerQuestions;

  constructor(
    private readonly deps: OrderDispatchDeps,
    private readonly rules: Rules,
  ) {
    const { clock, turns } = deps;
    this.#said = new SentLines(clock);
    this.#questions = new PlayerQuestions(deps.askPlayers);
    this.#turns = new RuleTurns({ ...turns, clock, give: (turn) => this.#hasTurn(turn) });
  }

  stop(): void {
    this.#turns.stop();
  }

  /** Whether a line of a console only repeats a message of a rule. */
  isEcho(serverId: string, line: string): boolean {
    return this.#said.isEcho(serverId, line);
  }

  /** Sends all orders of a move. */
  send(sending: Sending): void {
    this.#questions.drop(sending.state);
    for (const order of sending.orders) this.#one(order, sending);
  }

  #one(order: RuleOrder, { state, orders, isRestored, saved }: Sending): void {
    const { rule } = state;
    switch (order.kind) {
      case 'act':
        void this.#leave(rule.id, order, saved);
        return;
      case 'look-up':
        void this.#lookUp(rule.id, order, sentAtOf(state, order.id));
        return;
      case 'turn':
        return this.#turns.wants({ ...order, ruleId: rule.id });
      case 'missed':
        return this.deps.book.sourceOf(rule.id)?.missed?.(rule.id, order.times);
      case 'ask':
        void this.#questions.ask(rule.id, order).then((answer) => {
          if (answer !== null) this.rules.take(rule.id, { kind: 'counted', order: order.id, ...answer });
        });
        return;
      case 'record': {
        this.#turns.over(order.record.id);
        const off = orders.find((one) => one.kind === 'switch-off');
        const offBy = off?.kind === 'switch-off' ? off.why : null;
        void this.#keepTrace(order.record, { rule, mustReport: order.mustReport, offBy, isRestored });
        return;
      }
      case 'switch-off':
        this.deps.log.warn('rules.switched-off', { why: order.why });
        void this.deps.book.switchOff(rule.id).catch(() => this.deps.log.warn('rules.off-unwritten'));
    }
  }

  async #leave(id: string, order: SentOrder, saved: Promise<void>): Promise<void> {
    const answer = await saved.then(
      () => this.#act(id, order),
      (error: unknown) => ({ kind: 'answered', order: order.id, problem: toProblem(error) }) as const,
    );
    this.rules.take(id, answer);
    this.#turns.over(runOf(order.id));
  }

  /** Whether the run has sent an order in its turn. */
  #hasTurn({ ruleId, run }: Turn): boolean {
    this.rules.take(ruleId, { kind: 'turn', run });
    const lanes = Object.values(this.rules.state(ruleId)?.lanes ?? {});
    return lanes.some((lane) => lane.run?.id === run && lane.run.phase === 'sent');
  }

  async #act(id: string, { id: order, serverId, act }: SentOrder): Promise<RuleFact> {
    const state = this.rules.state(id);
    if (state === undefined || !mayLeave(state, order, this.deps.moment()))
      return { kind: 'withheld', order };
    const why = orderObstacle(state, order, this.deps.moment());
    if (why !== null) return { kind: 'withheld', order, why };
    this.deps.log.info('rules.order', { server: serverId, act: act.kind, order });
    this.#said.add({ id: order, serverId, act });
    try {
      const sent = { id: order, serverId, act };
      const own = this.deps.book.sourceOf(id)?.carryOut?.(sent, state.rule);
      const answer = await (own ?? this.deps.carryOut(sent, state.rule));
      if (act.kind === 'power') this.deps.signalled(serverId);
      return { kind: 'answered', order, problem: null, ...answer };
    } catch (error) {
      const problem = toProblem(error);
      if (act.kind === 'power' && problem.maybeDone === true) this.deps.signalled(serverId);
      return { kind: 'answered', order, problem };
    }
  }

  async #lookUp(id: string, { id: order, serverId, act }: SentOrder, sentAt: number): Promise<void> {
    const found = await this.deps.lookUp({ id: order, serverId, act }, sentAt);
    this.deps.log.info('rules.looked-up', { server: serverId, act: act.kind, found: found.isFound });
    this.rules.take(id, { kind: 'looked', order, ...found });
  }

  async #keepTrace(record: RunRecord, news: TraceNews): Promise<void> {
    this.rules.ended(record);
    this.deps.book.sourceOf(record.ruleId)?.ended?.(record, news);
    await this.deps.keepTrace(record, news);
    this.rules.take(record.ruleId, { kind: 'stored', ids: [record.id] });
  }
}

/** Id of the run of an order. */
function runOf(order: string): string {
  return order.slice(0, order.lastIndexOf('#'));
}

/** When an order of the earlier run of Perch left, by the trace of its step. */
function sentAtOf({ lanes }: RuleState, order: string): number {
  const run = Object.values(lanes).find((lane) => lane.run?.order?.id === order)?.run;
  return run?.steps.at(-1)?.at ?? run?.at ?? 0;
}

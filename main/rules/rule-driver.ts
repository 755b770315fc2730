/**
 * Runs the rules: gives each one its facts, and has its orders carried out (RULES "The driver").
 *
 * The state of a run is on disk before an order leaves. If the disk refuses, nothing leaves.
 */
import { toProblem } from '../../bridge/errors.js';
import type { RuleView } from '../../bridge/schema/rule-calls.js';
import type { KeptRule, OffBy, RunRecord } from '../../bridge/schema/rule-runs.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { Alarm } from '../base/alarm.js';
import { Ends } from '../base/ends.js';
import { Watchable } from '../base/observable.js';
import type { Clock, Log, RuleRunStore } from '../base/ports.js';
import { wallAhead } from '../base/wall-ahead.js';
import { isKeptAlike, keep, restore } from './kept-rule.js';
import { KeptRuns } from './kept-runs.js';
import type { RuleBook } from './rule-book.js';
import { step } from './rule-sequence.js';
import { mayLeave, nextWake, type RuleFact, type RuleMove, type RuleState } from './rule-state.js';
import { viewOf, type LastEnd } from './rule-views.js';
import { SaidLines } from './said-lines.js';
import type { RuleOrder, RunMoment, SentOrder } from './run-state.js';

/** What the driver knows about a trace besides its contents. */
export interface TraceNews {
  readonly rule: Rule;
  readonly mustTell: boolean;
  /** Why the end of this run switched the rule off; null = it did not. */
  readonly offBy: OffBy | null;
  /** An earlier run of Perch had this trace, so the history may have it. */
  readonly isRestored: boolean;
}

export interface RuleDriverDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly book: Pick<RuleBook, 'current' | 'isNewer' | 'listen' | 'setOn'>;
  readonly store: RuleRunStore;
  moment(): RunMoment;
  /** Resolves with the answer. Rejects with `PerchError`. */
  carryOut(order: SentOrder, rule: Rule): Promise<{ readonly backup?: string }>;
  /** Resolves when the state of these servers is current, or can't be read soon. Never rejects. */
  freshen(serverIds: readonly string[]): Promise<void>;
  /** Whether Perch knows that an order of its earlier run was carried out. `sentAt` = wall-clock time. Never rejects. */
  lookUp(order: SentOrder, sentAt: number): Promise<{ readonly isFound: boolean; readonly backup?: string }>;
  /** Resolves when the history has the trace. Never rejects. */
  keepTrace(record: RunRecord, news: TraceNews): Promise<void>;
}

/** Changes are shown together after this time in ms. */
const showAfterMs = 50;
/** A change of the clock that is less than this is the computer's own correction. */
const clockSetMs = 1000;

export class RuleDriver extends Watchable<readonly RuleView[]> {
  readonly #states = new Map<string, RuleState>();
  /** Rules with a run under way. Every line of a console and every change of a server asks for them. */
  readonly #running = new Map<string, RuleState>();
  readonly #last = new Map<string, LastEnd>();
  readonly #kept: KeptRuns;
  readonly #wake: Alarm;
  readonly #shown: Alarm;
  readonly #ends = new Ends();
  readonly #said: SaidLines;
  #ahead: number;

  constructor(private readonly deps: RuleDriverDeps) {
    super([]);
    const { clock } = deps;
    this.#ahead = wallAhead(clock);
    this.#said = new SaidLines(clock);
    this.#wake = new Alarm(clock);
    this.#shown = new Alarm(clock);
    this.#kept = new KeptRuns(deps, () => this.#toKeep());
  }

  /** Takes up what an earlier run of Perch left behind. Call when the book was loaded. */
  async start(): Promise<void> {
    const { book } = this.deps;
    // The state on disk belongs to rules that this Perch cannot read, and stays for the newer one.
    if (book.isNewer) return;
    const kept = new Map((await this.#kept.load()).map((one) => [one.ruleId, one]));
    for (const rule of book.current) this.#restore(rule, kept.get(rule.id) ?? null);
    for (const [id, one] of kept) if (!this.#states.has(id)) this.#restore(removedRule(one), one);
    this.#ends.add(
      book.listen(() => this.#bookChanged()),
      () => this.#wake.clear(),
      () => this.#shown.clear(),
    );
    this.#show();
  }

  async stop(): Promise<void> {
    this.#ends.end();
    await this.#kept.settled();
  }

  state(id: string): RuleState | undefined {
    return this.#states.get(id);
  }

  /** Servers on which a run is under way, and the ids of the rules. */
  get active(): readonly RuleState[] {
    return [...this.#running.values()];
  }

  /** Whether a line of a console only repeats what a rule said there. */
  isEcho(serverId: string, line: string): boolean {
    return this.#said.isEcho(serverId, line);
  }

  take(id: string, fact: RuleFact): void {
    const state = this.#states.get(id);
    if (state !== undefined) this.#apply(id, step(state, fact, this.deps.moment()));
  }

  /** A fact for every run that is under way. */
  tellRuns(fact: RuleFact): void {
    for (const { rule } of this.active) this.take(rule.id, fact);
  }

  /** The user has seen the missed times. */
  forgetMissed(id: string): void {
    const state = this.#states.get(id);
    if (state === undefined || state.missed.length === 0) return;
    this.#apply(id, { state: { ...state, missed: [] }, orders: [] });
  }

  /** Traces that the history has, newest first. */
  recallEnds(records: readonly RunRecord[]): void {
    for (const { ruleId, serverId, end, endedAt: at, isDry } of records)
      if (!isDry && !this.#last.has(ruleId)) this.#last.set(ruleId, { at, end, serverId });
    this.#showSoon();
  }

  /** Shows the next planned times anew, and writes all times again if somebody has set the clock. */
  look(): void {
    const ahead = wallAhead(this.deps.clock);
    if (Math.abs(ahead - this.#ahead) > clockSetMs) {
      this.#ahead = ahead;
      void this.#kept.save().catch(() => undefined);
    }
    this.#showSoon();
  }

  #restore(rule: Rule, kept: KeptRule | null): void {
    this.#apply(rule.id, restore(rule, kept, this.deps.moment()), true);
  }

  #bookChanged(): void {
    const { book } = this.deps;
    const rules = new Map(book.current.map((rule) => [rule.id, rule]));
    for (const [id, state] of this.#states) {
      const rule = rules.get(id) ?? null;
      if (rule !== state.rule) this.take(id, { kind: 'rule', rule });
    }
    for (const [id, rule] of rules) if (!this.#states.has(id)) this.#restore(rule, null);
    // The window that saved a rule finds the rule in the list.
    this.#show();
  }

  #apply(id: string, { state, orders }: RuleMove, isRestored = false): void {
    const before = this.#states.get(id);
    const isSame = before !== undefined && isKeptAlike(before, state);
    this.#states.set(id, state);
    if (before?.lanes !== state.lanes) {
      if (hasRun(state)) this.#running.set(id, state);
      else this.#running.delete(id);
    } else if (this.#running.has(id)) this.#running.set(id, state);
    if (isSame && orders.length === 0) return;
    const saved = this.#kept.save();
    saved.catch(() => undefined);
    for (const order of orders) this.#order(order, { state, orders, isRestored, saved });
    this.#drop(id);
    this.#setWake();
    this.#showSoon();
  }

  #order(
    order: RuleOrder,
    { state, orders, isRestored, saved }: RuleMove & { isRestored: boolean; saved: Promise<void> },
  ): void {
    const { rule } = state;
    switch (order.kind) {
      case 'act':
        void this.#leave(rule.id, order, saved);
        return;
      case 'look-up':
        void this.#lookUp(rule.id, order, sentAtOf(state, order.id));
        return;
      case 'record': {
        const off = orders.find((one) => one.kind === 'switch-off');
        const offBy = off?.kind === 'switch-off' ? off.why : null;
        void this.#keepTrace(order.record, { rule, mustTell: order.mustTell, offBy, isRestored });
        return;
      }
      case 'switch-off':
        this.deps.log.warn('rules.switched-off', { why: order.why });
        void this.deps.book.setOn(rule.id, false).catch(() => this.deps.log.warn('rules.off-unwritten'));
    }
  }

  async #leave(id: string, order: SentOrder, saved: Promise<void>): Promise<void> {
    const answer = await saved.then(
      () => this.#send(id, order),
      (error: unknown) => ({ kind: 'answered', order: order.id, problem: toProblem(error) }) as const,
    );
    this.take(id, answer);
  }

  async #send(id: string, { id: order, serverId, act }: SentOrder): Promise<RuleFact> {
    const state = this.#states.get(id);
    if (state === undefined || !mayLeave(state, order, this.deps.moment()))
      return { kind: 'withheld', order };
    this.deps.log.info('rules.order', { server: serverId, act: act.kind, order });
    this.#said.add({ id: order, serverId, act });
    try {
      const answer = await this.deps.carryOut({ id: order, serverId, act }, state.rule);
      return { kind: 'answered', order, problem: null, ...answer };
    } catch (error) {
      return { kind: 'answered', order, problem: toProblem(error) };
    }
  }

  async #lookUp(id: string, { id: order, serverId, act }: SentOrder, sentAt: number): Promise<void> {
    const found = await this.deps.lookUp({ id: order, serverId, act }, sentAt);
    this.deps.log.info('rules.looked-up', { server: serverId, act: act.kind, found: found.isFound });
    this.take(id, { kind: 'looked', order, ...found });
  }

  async #keepTrace(record: RunRecord, news: TraceNews): Promise<void> {
    const { ruleId, endedAt: at, end, serverId } = record;
    if ((this.#last.get(ruleId)?.at ?? -Infinity) <= at) this.#last.set(ruleId, { at, end, serverId });
    await this.deps.keepTrace(record, news);
    this.take(ruleId, { kind: 'stored', ids: [record.id] });
  }

  /** Forgets a removed rule of which nothing is left to do. */
  #drop(id: string): void {
    const state = this.#states.get(id);
    if (state === undefined || this.deps.book.current.some((rule) => rule.id === id)) return;
    if (hasRun(state) || state.unstored.length > 0) return;
    this.#states.delete(id);
    this.#running.delete(id);
    this.#last.delete(id);
    void this.#kept.save().catch(() => undefined);
  }

  #setWake(): void {
    const wakes = this.active.flatMap((state) => nextWake(state) ?? []);
    if (wakes.length === 0) return this.#wake.clear();
    const ms = Math.max(0, Math.min(...wakes) - this.deps.clock.now());
    this.#wake.set(ms, () => void this.#woke());
  }

  /** The end of a delay. The state of a server that is asked in turn may be minutes old, and the next step needs it. */
  async #woke(): Promise<void> {
    const { now } = this.deps.moment();
    const paused = this.active.flatMap(({ lanes }) =>
      Object.entries(lanes).flatMap(([id, { run }]) =>
        run?.phase === 'paused' && run.until <= now ? [id] : [],
      ),
    );
    if (paused.length > 0) await this.deps.freshen(paused);
    this.tellRuns({ kind: 'time' });
    this.#setWake();
  }

  #toKeep(): readonly KeptRule[] {
    const times = { now: this.deps.clock.now(), wall: this.deps.clock.wall() };
    return [...this.#states.values()].map((state) => keep(state, times));
  }

  #showSoon(): void {
    if (!this.#shown.isSet) this.#shown.set(showAfterMs, () => this.#show());
  }

  #show(): void {
    const moment = this.deps.moment();
    const views = this.deps.book.current.map((rule) =>
      viewOf(rule, this.#states.get(rule.id), { last: this.#last.get(rule.id) ?? null, moment }),
    );
    if (JSON.stringify(views) !== JSON.stringify(this.current)) this.set(views);
  }
}

function hasRun({ lanes }: RuleState): boolean {
  for (const id in lanes) if (lanes[id]?.run !== null) return true;
  return false;
}

/** When an order of the earlier run of Perch left, by the trace of its step. */
function sentAtOf({ lanes }: RuleState, order: string): number {
  const run = Object.values(lanes).find((lane) => lane.run?.order?.id === order)?.run;
  return run?.steps.at(-1)?.at ?? run?.at ?? 0;
}

/** Stands for a rule that the user removed before its last traces were in the history. */
function removedRule({ ruleId, agreedAt }: KeptRule): Rule {
  return {
    id: ruleId,
    name: ruleId,
    isOn: false,
    mode: 'single',
    atMost: { times: 1, withinMs: 60_000 },
    target: { kind: 'event' },
    trigger: { kind: 'perch-started' },
    condition: null,
    steps: [],
    agreedAt,
  };
}

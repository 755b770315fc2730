/**
 * Runs the rules: gives each one its facts, keeps the state of its runs on disk, and shows the rules to windows (RULES
 * "The driver"). The orders of the runs go through `order-dispatch.ts`.
 */
import { originOf } from '../../bridge/rules/rule-origin.js';
import type { RuleView } from '../../bridge/schema/rule-calls.js';
import type { KeptRule, RunRecord } from '../../bridge/schema/rule-runs.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { Alarm } from '../base/alarm.js';
import { Disposables } from '../base/disposables.js';
import { Watchable } from '../base/observable.js';
import type { RuleRunStore } from '../base/ports.js';
import { wallAhead } from '../base/wall-ahead.js';
import { AbsentRules, removedRule } from './absent-rules.js';
import { ActiveRuns, hasRun } from './active-runs.js';
import { isKeptAlike, keep, restore } from './kept-rule.js';
import { KeptRuns } from './kept-runs.js';
import { OrderDispatch, type OrderDispatchDeps } from './order-dispatch.js';
import { step } from './rule-sequence.js';
import type { AllRules } from './rule-sources.js';
import { nextWake, type RuleFact, type RuleMove, type RuleState } from './rule-state.js';
import { RuleViews, type LastEnd } from './rule-views.js';

export interface RuleDriverDeps extends OrderDispatchDeps {
  readonly book: Pick<AllRules, 'current' | 'has' | 'isNewer' | 'listen' | 'switchOff' | 'sourceOf'>;
  readonly store: RuleRunStore;
  /** Resolves when the state of these servers is current, or can't be read soon. Never rejects. */
  refresh(serverIds: readonly string[]): Promise<void>;
}

/** Changes are shown together after this time in ms. */
const showAfterMs = 50;
/** A change of the clock that is less than this is the computer's own correction. */
const clockSetMs = 1000;

export class RuleDriver extends Watchable<readonly RuleView[]> {
  readonly #states = new Map<string, RuleState>();
  readonly #running = new ActiveRuns();
  readonly #last = new Map<string, LastEnd>();
  /** State on disk of rules that a newer Perch wrote. */
  #unread: readonly KeptRule[] = [];
  readonly #absent = new AbsentRules();
  readonly #views = new RuleViews();
  readonly #kept: KeptRuns;
  readonly #wake: Alarm;
  readonly #shown: Alarm;
  readonly #disposables = new Disposables();
  readonly #dispatch: OrderDispatch;
  #ahead: number;
  #wakeAt = Infinity;
  #isStopped = false;

  constructor(private readonly deps: RuleDriverDeps) {
    super([]);
    const { clock } = deps;
    this.#ahead = wallAhead(clock);
    this.#wake = new Alarm(clock);
    this.#shown = new Alarm(clock);
    this.#kept = new KeptRuns(deps, () => this.#toKeep());
    this.#dispatch = new OrderDispatch(deps, {
      state: (id) => this.#states.get(id),
      take: (id, fact) => this.take(id, fact),
      ended: (record) => this.#ended(record),
    });
  }

  /** Takes up what an earlier run of Perch left behind. Call when the book was loaded. */
  async start(): Promise<void> {
    const { book } = this.deps;
    const kept = new Map((await this.#kept.load()).map((one) => [one.ruleId, one]));
    // Without the state of earlier runs a rule could act twice on one cause.
    if (this.#kept.isNewer) {
      this.#disposables.add(book.listen(() => this.#show()));
      return this.#show();
    }
    // The state of own rules that this Perch cannot read stays for the newer one.
    if (book.isNewer) this.#unread = [...kept.values()].filter(({ ruleId }) => originOf(ruleId) === 'own');
    for (const one of this.#unread) kept.delete(one.ruleId);
    for (const rule of book.current) this.#restore(rule, kept.get(rule.id) ?? null);
    for (const [id, one] of kept) {
      if (this.#states.has(id)) continue;
      if (this.#outlives(id)) this.#absent.add(one);
      else this.#restore(removedRule(one), one);
    }
    this.#disposables.add(
      book.listen(() => this.#bookChanged()),
      () => this.#wake.clear(),
      () => this.#shown.clear(),
    );
    this.#show();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#disposables.dispose();
    this.#dispatch.stop();
    await this.#kept.settled();
  }

  state(id: string): RuleState | undefined {
    return this.#states.get(id);
  }

  /** Servers on which a run is under way, and the ids of the rules. */
  get active(): readonly RuleState[] {
    return this.#running.all;
  }

  /** Whether a line of a console only repeats a message of a rule. */
  isEcho(serverId: string, line: string): boolean {
    return this.#dispatch.isEcho(serverId, line);
  }

  take(id: string, fact: RuleFact): void {
    const state = this.#states.get(id);
    if (state !== undefined) this.#apply(id, step(state, fact, this.deps.moment()));
  }

  /** A fact for every run that it can move. The others hear of the time by a timer. */
  tellRuns(fact: RuleFact): void {
    for (const { rule } of this.#running.movedBy(fact)) this.take(rule.id, fact);
  }

  /** Resolves when the disk has the state of all rules. Rejects with `PerchError`. */
  keep(): Promise<void> {
    return this.#kept.save();
  }

  /** The user has seen the missed times. */
  forgetMissed(id: string): void {
    const state = this.#states.get(id);
    if (state === undefined || state.missed.length === 0) return;
    this.#apply(id, { state: { ...state, missed: [] }, orders: [] });
  }

  /** Traces that the history has, newest first. Rules whose end is known keep it. */
  recallEnds(records: readonly RunRecord[]): void {
    for (const { ruleId, serverId, end, endedAt: at, isDry } of records)
      if (!isDry && !this.#last.has(ruleId)) this.#last.set(ruleId, { at, end, serverId });
    this.#showSoon();
  }

  /** Updates the shown next planned times, and writes all times again if somebody has set the clock. */
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
    for (const [id, rule] of rules) if (!this.#states.has(id)) this.#restore(rule, this.#absent.take(id));
    // The window that saved a rule finds the rule in the list.
    this.#show();
  }

  #apply(id: string, { state, orders }: RuleMove, isRestored = false): void {
    const before = this.#states.get(id);
    const isSame = before !== undefined && isKeptAlike(before, state);
    this.#states.set(id, state);
    this.#running.set(id, state);
    this.deps.book.sourceOf(id)?.moved?.(id, state);
    if (isSame && orders.length === 0) return;
    const saved = this.#kept.save();
    saved.catch(() => undefined);
    this.#dispatch.send({ state, orders, isRestored, saved });
    this.#drop(id);
    this.#wakeFor(state);
    this.#showSoon();
  }

  #ended({ ruleId, endedAt: at, end, serverId }: RunRecord): void {
    if ((this.#last.get(ruleId)?.at ?? -Infinity) <= at) this.#last.set(ruleId, { at, end, serverId });
  }

  /** Forgets a removed rule that has no run left. */
  #drop(id: string): void {
    const state = this.#states.get(id);
    if (state === undefined || this.deps.book.has(id)) return;
    if (hasRun(state) || state.unstored.length > 0) return;
    if (this.#outlives(id)) this.#absent.add(keep(state, this.#times));
    this.#states.delete(id);
    this.#running.delete(id);
    this.#last.delete(id);
    void this.#kept.save().catch(() => undefined);
  }

  #setWake(): void {
    if (this.#isStopped) return;
    const at = this.#running.nextWake();
    this.#wakeAt = at ?? Infinity;
    if (at === null) return this.#wake.clear();
    this.#wake.set(Math.max(0, at - this.deps.clock.now()), () => void this.#woke());
  }

  /** A timer that comes too early costs less than a look at every run. */
  #wakeFor(state: RuleState): void {
    const at = nextWake(state) ?? Infinity;
    if (at < this.#wakeAt || this.#running.isEmpty) this.#setWake();
  }

  /** The end of a delay. The state of a server that is asked in turn may be minutes old, and the next step needs it. */
  async #woke(): Promise<void> {
    const { now } = this.deps.moment();
    const paused = this.active.flatMap(({ lanes }) =>
      Object.entries(lanes).flatMap(([id, { run }]) =>
        run?.phase === 'paused' && run.until <= now ? [id] : [],
      ),
    );
    if (paused.length > 0) await this.deps.refresh(paused);
    for (const { rule } of this.active) this.take(rule.id, { kind: 'time' });
    this.#setWake();
  }

  #toKeep(): readonly KeptRule[] {
    const times = this.#times;
    const states = [...this.#states.values()].map((state) => keep(state, times));
    return [...this.#unread, ...this.#absent.at(times.wall, (id) => this.#outlives(id)), ...states];
  }

  #outlives(id: string): boolean {
    return this.deps.book.sourceOf(id)?.outlives?.(id) === true;
  }

  get #times(): { readonly now: number; readonly wall: number } {
    return { now: this.deps.clock.now(), wall: this.deps.clock.wall() };
  }

  #showSoon(): void {
    if (!this.#shown.isSet && !this.#isStopped) this.#shown.set(showAfterMs, () => this.#show());
  }

  #show(): void {
    const parts = (id: string) => ({ state: this.#states.get(id), last: this.#last.get(id) ?? null });
    const views = this.#views.of(this.deps.book.current, parts, this.deps.moment());
    const isSame =
      views.length === this.current.length && views.every((view, at) => view === this.current[at]);
    if (!isSame) this.set(views);
  }
}

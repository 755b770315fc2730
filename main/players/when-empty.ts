/**
 * Stops or restarts servers that nobody has been on for a while, as the user wishes for each server (PLAYERS "When empty").
 *
 * Each wish is a rule (`empty-rule.ts`), which the engine of rules runs. This file tells the consoles, sends the
 * signals under the name of the wish, and shows the wishes. Times count only while Perch runs: quitting ends every
 * countdown.
 */
import { newProblem, toProblem, type Problem } from '../../bridge/errors.js';
import { derivedId } from '../../bridge/rules/rule-origin.js';
import type { PowerSignal } from '../../bridge/schema/domain.js';
import type { Actor } from '../../bridge/schema/event-actor.js';
import type { Memory } from '../../bridge/schema/memory.js';
import type { RunRecord } from '../../bridge/schema/rule-runs.js';
import type { Rule } from '../../bridge/schema/rules.js';
import type { EmptyWatch, EmptyWish } from '../../bridge/schema/when-empty.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import { say, sentence } from '../../messages/messages.js';
import { Disposables } from '../base/disposables.js';
import { Watchable } from '../base/observable.js';
import type { Log } from '../base/ports.js';
import type { RuleSource } from '../rules/rule-sources.js';
import type { RuleFact, RuleState, TraceNews } from '../rules/rule-state.js';
import type { SentOrder } from '../rules/run-state.js';
import { EmptyConsoles, type EmptyConsolesDeps } from './empty-consoles.js';
import { blockOf, isSingle } from './empty-rule.js';
import { emptyWatch } from './empty-watch.js';
import { EmptyWishes, type EmptyWishesDeps } from './empty-wishes.js';
import type { PlayerProof } from './player-proof.js';

type EmptyRecord = Memory['emptyServers'][number];

export interface WhenEmptyDeps extends Omit<EmptyWishesDeps, 'isSending'>, Omit<EmptyConsolesDeps, 'store'> {
  readonly log: Log;
  readonly memory: {
    readonly current: Pick<Memory, 'emptyServers'>;
    update(change: (now: Memory) => Pick<Memory, 'emptyServers'>): Promise<unknown>;
  };
  readonly proof: Pick<PlayerProof, 'isProven'>;
  /** Rejects with `PerchError`. */
  sendPower(serverId: string, signal: PowerSignal): Promise<void>;
  readonly engine: {
    take(ruleId: string, fact: RuleFact): void;
    /** Whether Perch runs another action on the server than this rule. */
    isBusy(serverId: string, exceptRule: string): boolean;
    /** Since when the process of the server has run; null = unknown. */
    ranSince(serverId: string): number | null;
  };
}

/** Longest time in ms that quitting waits for messages to consoles. */
const farewellMs = 2000;

export class WhenEmpty extends Watchable<readonly EmptyWatch[]> {
  /** The wishes as rules, for the engine. */
  readonly rules: RuleSource;
  readonly #wishes: EmptyWishes;
  readonly #states = new Map<string, RuleState>();
  readonly #shown = new Map<string, EmptyWatch>();
  /** Why the last run of a wish did not act. */
  readonly #problems = new Map<string, Problem>();
  /** Servers that Perch sends the signal of their wish to now, with the minutes of the wish. */
  readonly #sending = new Map<string, number>();
  readonly #consoles: EmptyConsoles;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: WhenEmptyDeps) {
    super([]);
    const wishes = new EmptyWishes({ ...deps, isSending: (id) => this.#sending.has(id) });
    this.#wishes = wishes;
    this.#consoles = new EmptyConsoles(deps);
    this.rules = {
      origin: 'when-empty',
      get current() {
        return wishes.current;
      },
      listen: (listener) => wishes.listen(listener),
      switchedOff: (ruleId) => wishes.end(serverOf(ruleId)),
      carryOut: (order, rule) => this.#carryOut(order, rule),
      moved: (_id, state) => this.#changed(state),
      ended: (record, news) => this.#ended(record, news),
    };
  }

  /** Call before the engine starts. */
  start(): void {
    this.#disposables.add(
      ...this.#wishes.start(),
      this.#wishes.listen(() => this.#publishAll()),
      this.deps.store.listen(({ changes }) => {
        if (this.#wishes.servers.length === 0) return;
        const others = changes.filter(({ kind }) => kind !== 'usage');
        if (others.some(({ kind }) => kind !== 'server-patched')) return this.#publishAll();
        for (const change of others) if (change.kind === 'server-patched') this.#publish(change.serverId);
      }),
    );
    this.#publishAll();
  }

  /** Ends all countdowns and tells the consoles, within two seconds. Call before the engine stops. */
  async stop(): Promise<void> {
    for (const id of this.#wishes.servers) this.#stopRun(id, 'interrupted');
    this.#disposables.dispose();
    await this.#consoles.settled(farewellMs);
  }

  /** Sets the wish for a server; null = Perch leaves the server alone. Rejects with `PerchError`. */
  wish(serverId: string, wish: EmptyWish | null): Promise<void> {
    return this.#wishes.wish(serverId, wish);
  }

  /** The time of this server starts again. */
  keep(serverId: string): void {
    this.#stopRun(serverId, 'stopped');
    this.deps.engine.take(ruleOf(serverId), { kind: 'look', servers: [serverId] });
    this.#publish(serverId);
  }

  /** Why Perch sends a signal to this server now, for the event log. */
  senderOf(serverId: string): Pick<Extract<Actor, { kind: 'me' }>, 'emptyMinutes'> {
    const emptyMinutes = this.#sending.get(serverId);
    return emptyMinutes === undefined ? {} : { emptyMinutes };
  }

  #stopRun(serverId: string, why: 'stopped' | 'interrupted'): void {
    this.deps.engine.take(ruleOf(serverId), { kind: 'stop', servers: [serverId], why });
    this.#problems.delete(serverId);
  }

  #carryOut({ serverId, act }: SentOrder, rule: Rule): Promise<object> | undefined {
    const wish = this.#wishes.of(serverId);
    if (act.kind === 'warn') return this.#consoles.tell(serverId, act.text).then(() => ({}));
    if (act.kind !== 'power' || wish === undefined || rule.agreedAt === null) return undefined;
    return this.#signal(serverId, act.signal, wish);
  }

  async #signal(serverId: string, signal: PowerSignal, wish: EmptyWish): Promise<object> {
    this.#sending.set(serverId, wish.minutes);
    try {
      await this.deps.sendPower(serverId, signal);
      this.#acted(serverId, signal);
      return {};
    } catch (error) {
      if (toProblem(error).maybeDone === true) {
        this.#acted(serverId, signal);
        // The run ends here, so its step that switches the rule off does not come.
        if (isSingle(wish)) void this.#wishes.end(serverId).catch(() => undefined);
      }
      throw error;
    } finally {
      this.#sending.delete(serverId);
    }
  }

  #acted(serverId: string, signal: PowerSignal): void {
    this.deps.log.info('when-empty.sent', { server: serverId, signal });
    this.#note(serverId, (known) => ({ ...known, times: known.times + 1 }));
  }

  #changed(state: RuleState): void {
    const serverId = serverOf(state.rule.id);
    if (Object.values(state.lanes).some(({ run }) => run !== null)) this.#problems.delete(serverId);
    this.#states.set(serverId, state);
    this.#publish(serverId);
  }

  #ended({ serverId, end, steps }: RunRecord, { isRestored }: TraceNews): void {
    // A signal that was withheld at the last moment counts as none.
    const kinds = new Set(steps.flatMap(({ kind, outcome }) => (outcome === 'cut' ? [] : [kind])));
    const problem = end === 'late' ? noAnswer : end === 'failed' ? (steps.at(-1)?.problem ?? null) : null;
    if (problem !== null) this.#problems.set(serverId, problem);
    // Nothing happens after all, although the console has a warning.
    if (kinds.has('warn') && !kinds.has('power') && !isRestored)
      void this.#consoles.tell(serverId, say('when-empty.called-off'));
    this.#publish(serverId);
  }

  #known(serverId: string): EmptyRecord {
    const known = this.deps.memory.current.emptyServers.find((one) => one.serverId === serverId);
    return known ?? { serverId, times: 0 };
  }

  /** Keeps the record of the server for the next run of Perch. */
  #note(serverId: string, change: (known: EmptyRecord) => EmptyRecord): void {
    const known = (): EmptyRecord => change(this.#known(serverId));
    void this.deps.memory
      .update(({ emptyServers }) => ({
        emptyServers: [known(), ...emptyServers.filter((one) => one.serverId !== serverId)].slice(
          0,
          mostKept.whenEmpty,
        ),
      }))
      .then(() => this.#publish(serverId))
      .catch(() => undefined);
  }

  #publishAll(): void {
    for (const id of new Set([...this.#shown.keys(), ...this.#wishes.servers])) this.#publish(id);
  }

  #publish(serverId: string): void {
    const shown = this.#watchOf(serverId);
    if (JSON.stringify(shown) === JSON.stringify(this.#shown.get(serverId) ?? null)) return;
    if (shown === null) {
      this.#shown.delete(serverId);
      if (this.#wishes.of(serverId) === undefined) this.#forget(serverId);
    } else this.#shown.set(serverId, shown);
    this.set([...this.#shown.values()]);
  }

  #forget(serverId: string): void {
    this.#states.delete(serverId);
    this.#problems.delete(serverId);
  }

  #watchOf(serverId: string): EmptyWatch | null {
    const wish = this.#wishes.of(serverId);
    const server = this.deps.store.state.servers.get(serverId);
    if (wish === undefined || server === undefined) return null;
    const { engine, proof } = this.deps;
    const watch = emptyWatch({
      server,
      wish,
      lane: this.#states.get(serverId)?.lanes[serverId],
      block: blockOf(server, wish.does),
      problem: this.#problems.get(serverId) ?? null,
      isProven: proof.isProven(server),
      isBusy: engine.isBusy(serverId, ruleOf(serverId)),
      ranSince: engine.ranSince(serverId),
    });
    return { ...watch, times: this.#known(serverId).times };
  }
}

const noAnswer = newProblem('timeout', sentence('when-empty.no-answer'));

function ruleOf(serverId: string): string {
  return derivedId('when-empty', serverId);
}

function serverOf(ruleId: string): string {
  return ruleId.slice(ruleOf('').length);
}

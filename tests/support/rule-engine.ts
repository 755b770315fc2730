/** The engine of rules in the memory of a test, for parts of Perch whose settings act as rules. */
import { calendarIn } from '../../bridge/backups/calendar.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { KeptRule, RunRecord } from '../../bridge/schema/rule-runs.js';
import { Emitter } from '../../main/base/emitter.js';
import type { Clock, Log, Random } from '../../main/base/ports.js';
import type { FleetStore } from '../../main/fleet/store.js';
import { twinsOf } from '../../main/fleet/twins.js';
import { KnownServers } from '../../main/rules/known-servers.js';
import type { AskPlayers } from '../../main/rules/player-questions.js';
import { RuleDriver } from '../../main/rules/rule-driver.js';
import { AllRules, type RuleSource } from '../../main/rules/rule-sources.js';
import type { RuleFact } from '../../main/rules/rule-state.js';
import { RuleWatch } from '../../main/rules/rule-watch.js';
import type { RunMoment } from '../../main/rules/run-state.js';
import { serverIsBusy } from '../../main/rules/server-busy.js';

const berlin = calendarIn('Europe/Berlin');
const nothing = { listen: () => () => undefined };

export interface RuleEngineDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly random: Random;
  readonly store: FleetStore;
  readonly isProven: (server: Server) => boolean;
  readonly askPlayers: AskPlayers;
  /** Servers on which Perch runs actions besides rules. */
  readonly busy: ReadonlySet<string>;
  readonly sources: readonly RuleSource[];
}

export class RuleEngine {
  readonly records: RunRecord[] = [];
  /** The state of runs on disk. */
  kept: readonly KeptRule[] = [];
  /** Called while this state of runs is being written. */
  whileWriting: (rules: readonly KeptRule[]) => void = () => undefined;
  readonly #known: KnownServers;
  readonly #driver: RuleDriver;
  readonly #watch: RuleWatch;
  #end = (): void => undefined;

  constructor(private readonly deps: RuleEngineDeps) {
    const { clock, log, store, isProven } = deps;
    const isBusy = (server: Server, exceptRule: string | null): boolean => this.#isBusy(server, exceptRule);
    const known = new KnownServers({ clock, store, isProven, isBusy, isPaused: () => false });
    const none = { current: [], isNewer: false, listen: nothing.listen, setOn: () => Promise.resolve() };
    const book = new AllRules(none, deps.sources);
    const moment = (): RunMoment => {
      const now = clock.now();
      return {
        now,
        wall: clock.wall(),
        calendar: berlin,
        clock: { weekday: 0, minute: 0 },
        isWatched: false,
        random: deps.random,
        server: (id) => known.of(id, now),
      };
    };
    const refresh = (): Promise<void> => Promise.resolve();
    this.#known = known;
    this.#driver = new RuleDriver({
      clock,
      log,
      book,
      store: {
        isNewer: false,
        load: () => Promise.resolve(this.kept),
        save: async (rules) => {
          await Promise.resolve();
          this.whileWriting(rules);
          this.kept = rules;
        },
      },
      moment,
      refresh,
      carryOut: ({ act }) => Promise.reject(new Error(`Nobody carries out ${act.kind}.`)),
      lookUp: () => Promise.resolve({ isFound: false }),
      turns: { panelOf: () => '', restUntil: () => null, pauseMs: () => 0 },
      askPlayers: deps.askPlayers,
      signalled: (id) => known.signalled(id),
      keepTrace: (record) => Promise.resolve(void this.records.push(record)),
    });
    this.#watch = new RuleWatch({
      clock,
      store,
      book,
      driver: this.#driver,
      events: nothing,
      facts: new Emitter(),
      consoles: { watch: () => () => undefined },
      settings: { current: { groups: [] }, ...nothing },
      moment,
      refresh,
    });
  }

  /** Begins at once, so that a test need not wait for the disk. */
  start(): void {
    this.#end = this.#known.start();
    void this.#driver.start().then(() => this.#watch.start());
  }

  async stop(): Promise<void> {
    this.#watch.stop();
    await this.#driver.stop();
    this.#end();
  }

  take(ruleId: string, fact: RuleFact): void {
    this.#driver.take(ruleId, fact);
  }

  isBusy(serverId: string, exceptRule: string): boolean {
    const server = this.deps.store.state.servers.get(serverId);
    return server !== undefined && this.#isBusy(server, exceptRule);
  }

  ranSince(serverId: string): number | null {
    return this.#known.ranSince(serverId);
  }

  #isBusy(server: Server, exceptRule: string | null): boolean {
    return serverIsBusy(twinsOf(this.deps.store.state, server), {
      exceptRule,
      others: [...this.deps.busy],
      states: this.#driver.active,
      stateOf: (id) => this.#driver.state(id),
    });
  }
}

/**
 * Gives the driver its facts: entries of the log, changes of servers, lines of consoles, ends of backups, and time.
 *
 * Nothing is asked for a rule that news does not concern: an index says which rules a server has, and a rule whose trigger
 * lasts is looked at when its server changed, otherwise every two minutes.
 */
import type { ServerPatch } from '../../bridge/fleet/changes.js';
import type { ConsoleLine } from '../../bridge/schema/console-line.js';
import { Alarm } from '../base/alarm.js';
import { Disposables } from '../base/disposables.js';
import type { Clock } from '../base/ports.js';
import type { ReportedFact } from '../base/server-fact.js';
import type { EventChange } from '../events/event-log.js';
import type { Consoles } from '../fleet/api.js';
import type { FleetEvent, FleetStore } from '../fleet/store.js';
import { needsState } from './act-needs.js';
import { ConsoleWatches } from './console-watches.js';
import { DueChecks } from './due-checks.js';
import { causesOf } from './event-causes.js';
import { LateCauses } from './late-causes.js';
import { LineCauses } from './line-causes.js';
import { lineServersOf } from './line-signs.js';
import type { RuleDriver } from './rule-driver.js';
import { RuleIndex, type Groups } from './rule-index.js';
import type { AllRules } from './rule-sources.js';
import { isPlanned, checkTimes, nextPlanned } from './rule-times.js';
import type { RunMoment } from './run-state.js';
import { StartCauses } from './start-causes.js';

export interface RuleWatchDeps {
  readonly clock: Clock;
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly book: Pick<AllRules, 'current' | 'listen'>;
  readonly driver: Pick<RuleDriver, 'take' | 'tellRuns' | 'active' | 'isEcho' | 'state' | 'look' | 'listen'>;
  readonly events: { listen(listener: (change: EventChange) => void): () => void };
  readonly facts: { listen(listener: (fact: ReportedFact) => void): () => void };
  readonly consoles: Pick<Consoles, 'watch'>;
  readonly settings: { readonly current: Groups; listen(listener: () => void): () => void };
  moment(): RunMoment;
  /** Resolves when the state of these servers is current, or can't be read soon. Never rejects. */
  refresh(serverIds: readonly string[]): Promise<void>;
}

/** Changes of servers are judged together after this time in ms. */
const settleMs = 2000;
/** Less than the longest gap that a trigger that lasts may have (`held-state.ts`). */
const lookEveryMs = 110_000;

/** Changes that may be over a moment later: somebody who came and left, a number that was unknown, a short stop. */
function isSudden({ power, players }: ServerPatch): boolean {
  return power !== undefined || players !== undefined;
}

export class RuleWatch {
  #index: RuleIndex | null = null;
  readonly #changed = new Set<string>();
  readonly #due: DueChecks;
  readonly #settle: Alarm;
  readonly #tick: Alarm;
  readonly #consoles: ConsoleWatches;
  readonly #late: LateCauses;
  readonly #disposables = new Disposables();
  readonly #lines: LineCauses;
  /** Ids of the outages of nodes that began in this run of Perch. */
  readonly #outages = new Set<string>();
  /** null before `start`. */
  #starts: StartCauses | null = null;

  constructor(private readonly deps: RuleWatchDeps) {
    const { clock, consoles, driver } = deps;
    this.#settle = new Alarm(clock);
    this.#tick = new Alarm(clock);
    this.#lines = new LineCauses(clock);
    this.#due = new DueChecks(clock, (id) => this.#lookAt(id, this.#rules.serversOf(id)));
    this.#consoles = new ConsoleWatches({ consoles, line: (...line) => this.#line(...line) });
    this.#late = new LateCauses(({ ruleId, serverId, cause }) =>
      driver.take(ruleId, { kind: 'cause', cause, servers: [serverId] }),
    );
  }

  /** Call when the driver has started. */
  start(): void {
    const { book, driver, events, facts, settings, store } = this.deps;
    this.#starts = new StartCauses(this.#rules, this.deps.moment());
    this.#disposables.add(
      () => this.#settle.clear(),
      () => this.#tick.clear(),
      () => this.#due.clear(),
      () => this.#consoles.stop(),
      book.listen(() => this.#arrange()),
      settings.listen(() => this.#arrange()),
      driver.listen(() => this.#watchConsoles()),
      store.listen((event) => this.#fleetChanged(event)),
      events.listen((change) => this.#happened(change)),
      facts.listen(({ fact }) => {
        if (fact.kind !== 'backup' || fact.backupId === null) return;
        driver.tellRuns({ kind: 'backup', backup: fact.backupId, isGood: fact.isSuccessful });
      }),
    );
    this.#arrange();
  }

  stop(): void {
    this.#disposables.dispose();
  }

  /** The computer woke up, or somebody set the clock: times are looked at now. */
  woke(): void {
    if (this.#tick.isSet) this.#lookAtTimes();
  }

  get #rules(): RuleIndex {
    const { book, settings, store } = this.deps;
    return (this.#index ??= new RuleIndex(book.current, store.state, settings.current));
  }

  #arrange(): void {
    this.#index = null;
    this.#addStarted();
    this.#watchConsoles();
    this.#lookAtTimes();
  }

  #addStarted(): void {
    const moment = this.deps.moment();
    const causes = this.#starts?.causesOf(this.#rules, moment) ?? [];
    if (causes.length > 0) this.#late.add(causes, moment);
  }

  #fleetChanged({ previous, next, changes }: FleetEvent): void {
    const { driver } = this.deps;
    if (changes.some(({ kind }) => kind === 'server-upserted' || kind.endsWith('-removed'))) {
      this.#index = null;
      this.#addStarted();
    }
    const isRunning = driver.active.length > 0;
    for (const change of changes) {
      if (change.kind !== 'usage' && change.kind !== 'server-patched') continue;
      const { serverId } = change;
      if (change.kind === 'server-patched' && isSudden(change.patch)) this.#lookNow(serverId);
      else if (this.#rules.lastingOf(serverId).length > 0) this.#changed.add(serverId);
      if (!isRunning || change.kind === 'usage') continue;
      const [before, state] = [previous, next].map(({ servers }) => servers.get(serverId)?.power ?? null);
      if (state !== null && state !== undefined && state !== before)
        driver.tellRuns({ kind: 'state', serverId, state });
      else driver.tellRuns({ kind: 'time' });
    }
    if (!this.#late.isEmpty) this.#late.look(this.deps.moment());
    if (this.#changed.size > 0 && !this.#settle.isSet)
      this.#settle.set(settleMs, () => this.#lookAtChanged());
  }

  #lookNow(serverId: string): void {
    const rules = this.#rules.lastingOf(serverId);
    for (const ruleId of rules) this.#lookAt(ruleId, [serverId]);
    if (rules.length > 0) this.#due.arm();
  }

  #lookAtChanged(): void {
    const byRule = new Map<string, string[]>();
    for (const serverId of this.#changed)
      for (const ruleId of this.#rules.lastingOf(serverId))
        byRule.set(ruleId, [...(byRule.get(ruleId) ?? []), serverId]);
    this.#changed.clear();
    for (const [ruleId, servers] of byRule) this.#lookAt(ruleId, servers);
    this.#due.arm();
  }

  #lookAt(ruleId: string, servers: readonly string[]): void {
    const { driver } = this.deps;
    driver.take(ruleId, { kind: 'look', servers });
    this.#due.note(ruleId, driver.state(ruleId));
  }

  #happened(change: EventChange): void {
    const { event, before } = change;
    if (before === null && event.what.kind === 'node-unreachable') this.#outages.add(event.id);
    // An outage of an earlier run of Perch ends at the start of this one, and nobody saw when the node came back.
    if (before !== null && event.what.kind === 'node-unreachable' && !this.#outages.has(event.id)) return;
    if (event.endedAt !== null) this.#outages.delete(event.id);
    const causes = causesOf(change, this.#rules, this.deps.store.state);
    for (const { ruleId, cause, servers } of causes) {
      if (cause.kind !== 'node-back') {
        this.#give(ruleId, { kind: 'cause', cause, servers }, servers);
        continue;
      }
      const held = servers.map((serverId) => ({
        ruleId,
        serverId,
        cause: { ...cause, key: `${cause.key}:${serverId}` },
      }));
      this.#late.add(held, this.deps.moment());
    }
  }

  #line(serverId: string, line: ConsoleLine, text: string): void {
    const { driver } = this.deps;
    if (driver.active.length > 0) driver.tellRuns({ kind: 'line', serverId, text });
    if (driver.isEcho(serverId, text)) return;
    for (const { ruleId, cause } of this.#lines.causesOf(this.#rules, serverId, line, text))
      driver.take(ruleId, { kind: 'cause', cause, servers: [serverId] });
  }

  #lookAtTimes(): void {
    const { clock, driver } = this.deps;
    if (this.#rules.isEmpty && driver.active.length === 0) {
      this.#due.clear();
      return this.#tick.clear();
    }
    const moment = this.deps.moment();
    driver.look();
    this.#late.look(moment);
    this.#due.clear();
    for (const { id } of this.#rules.lasting) this.#lookAt(id, this.#rules.serversOf(id));
    this.#due.arm();
    const plans = this.#rules.planned;
    for (const rule of plans) {
      const { id, trigger } = rule;
      if (!isPlanned(trigger)) continue;
      const servers = this.#rules.serversOf(id);
      const times = driver.state(id)?.times;
      const isDue = times !== undefined && checkTimes(times, trigger, moment).due !== null;
      if (isDue && needsState(rule)) this.#give(id, { kind: 'look', servers }, servers);
      else driver.take(id, { kind: 'look', servers });
    }
    driver.tellRuns({ kind: 'time' });
    const next = plans.flatMap(({ trigger }) =>
      isPlanned(trigger) ? (nextPlanned(trigger, moment.wall, moment.calendar) ?? []) : [],
    );
    const ms = Math.min(lookEveryMs, ...next.map((at) => Math.max(1, at - clock.wall())));
    this.#tick.set(ms, () => this.#lookAtTimes());
  }

  /** Gives a fact once the state of its servers is current: a polled server may be minutes old. */
  #give(ruleId: string, fact: Parameters<RuleDriver['take']>[1], servers: readonly string[]): void {
    void this.deps.refresh(servers).then(() => this.deps.driver.take(ruleId, fact));
  }

  #watchConsoles(): void {
    const runs = this.deps.driver.active.flatMap((state) => lineServersOf(state));
    this.#consoles.watch(runs, this.#rules.lineServers);
  }
}

import type { Change } from '../../bridge/changes.js';
import type { Account, Link, Server } from '../../bridge/domain.js';
import { PerchError, toProblem, type Problem } from '../../bridge/errors.js';
import { conditionBlock } from '../../bridge/permissions.js';
import type { PanelApi, PanelServer, PanelUser } from '../panel/api.js';
import type { AccountRecord, Clock, Log, Random } from '../ports.js';
import { Alarm } from './alarm.js';
import { backOff, jittered } from './back-off.js';
import type { ConsoleSink } from './consoles.js';
import { isPanelWide, waitsForThePerson } from './panel-wide.js';
import { Poller } from './poller.js';
import { serverId, withFacts } from './server-facts.js';
import { ServerWatcher, type OpenSession } from './server-watcher.js';
import { SessionOpener } from './session-opener.js';
import type { FleetStore } from './store.js';
import { isPassing, planWatch } from './watch-plan.js';

export interface AccountWatcherParts {
  store: FleetStore;
  clock: Clock;
  random: Random;
  log: Log;
  openSession: OpenSession;
  consoles: ConsoleSink;
  /** Whether somebody looks at this console. */
  isConsoleOpen(serverId: string): boolean;
}

const listEveryMs = 60_000;
/** While a server is being installed, restored or moved, the end of it should not be a minute late. */
const listOftenMs = 20_000;
/** One poll or socket that finds the panel gone asks for the list, but not each of them. */
const suspicionEveryMs = 5000;

/** Watches one account: its list of servers, one `ServerWatcher` each, and who of them gets a socket or is polled. */
export class AccountWatcher {
  record: AccountRecord;
  readonly panel: PanelApi;
  readonly #parts: AccountWatcherParts;
  readonly #servers = new Map<string, ServerWatcher>();
  readonly #listAlarm: Alarm;
  readonly #planAlarm: Alarm;
  readonly #poller: Poller;
  readonly #opener: SessionOpener;
  readonly #reads = new Map<string, Promise<void>>();
  #user: PanelUser | null;
  #reading: Promise<Problem | null> | null = null;
  #readAt = -Infinity;
  #failures = 0;
  /** The account failed or was asked for again: what its sessions were refused may be given now. */
  #startsOver = false;
  #isStopped = false;

  constructor(record: AccountRecord, user: PanelUser | null, panel: PanelApi, parts: AccountWatcherParts) {
    this.record = record;
    this.#user = user;
    this.panel = panel;
    this.#parts = parts;
    this.#listAlarm = new Alarm(parts.clock);
    this.#planAlarm = new Alarm(parts.clock);
    this.#opener = new SessionOpener(parts.clock);
    this.#poller = new Poller(parts.clock, {
      poll: (id) => this.#poll(id),
      read: (id) =>
        this.#readServer(id).then(
          () => true,
          (error: unknown) => {
            this.#suspect(toProblem(error));
            return false;
          },
        ),
    });
  }

  rename(label: string): void {
    this.record = { ...this.record, label };
    const account = this.#account;
    if (account !== undefined) this.#apply([this.#accountChange(account.state)]);
  }

  start(): void {
    this.#apply([this.#accountChange({ kind: 'loading' })]);
    void this.#read();
  }

  /** Ends everything and closes the way to the panel; the store keeps what it has. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#listAlarm.clear();
    this.#planAlarm.clear();
    this.#poller.stop();
    this.#opener.stop();
    for (const server of this.#servers.values()) server.stop();
    await this.panel.close();
  }

  server(id: string): ServerWatcher | null {
    return this.#servers.get(id) ?? null;
  }

  /** Asks at once, whatever the back-off says. Rejects with `PerchError` when it still fails. */
  async retry(): Promise<void> {
    this.#failures = 0;
    this.#startsOver = true;
    if (this.#account?.state.kind === 'failed') this.#apply([this.#accountChange({ kind: 'loading' })]);
    const problem = await this.#read();
    if (problem !== null) throw new PerchError(problem);
  }

  /** After sleep or a change of network: every socket is suspected dead, and everything is asked for again. */
  wake(): void {
    this.#failures = 0;
    this.#startsOver = true;
    for (const server of this.#servers.values()) server.suspect();
    void this.#read();
    this.#poller.allNow();
  }

  /** A console was opened or closed. */
  planAgain(): void {
    if (!this.#planAlarm.isSet) this.#planAlarm.set(0, () => this.#plan());
  }

  /** From the store: an account that was added again finds its servers there. */
  #serverIds(): string[] {
    const servers = [...this.#parts.store.state.servers.values()];
    return servers.filter(({ accountId }) => accountId === this.record.id).map(({ id }) => id);
  }

  get #account(): Account | undefined {
    return this.#parts.store.state.accounts.get(this.record.id);
  }

  // The list of servers

  #read(): Promise<Problem | null> {
    this.#reading ??= this.#readOnce().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readOnce(): Promise<Problem | null> {
    this.#readAt = this.#parts.clock.now();
    try {
      this.#user ??= await this.panel.account();
      const list = await this.panel.servers();
      if (!this.#isStopped) this.#listed(list);
      return null;
    } catch (error) {
      const problem = toProblem(error);
      if (!this.#isStopped) this.#failed(problem);
      return problem;
    }
  }

  #listed(list: readonly PanelServer[]): void {
    this.#failures = 0;
    const changes: Change[] = [this.#accountChange({ kind: 'ready' })];
    const gone = new Set(this.#serverIds());
    for (const facts of list) {
      gone.delete(serverId(this.record.id, facts.uuid));
      changes.push(...this.#factsChanges(facts));
    }
    for (const id of gone) changes.push({ kind: 'server-removed', serverId: id });
    for (const id of gone) this.#forget(id);
    this.#apply(changes);
    this.#watch(changes);
    this.#openRefusedAgain();
    this.#poller.resume();
    const isBusy = list.some((server) => isPassing(server.condition));
    this.#readLater(jittered(isBusy ? listOftenMs : listEveryMs, this.#parts.random));
  }

  /**
   * A session that was refused does not try again by itself. Where it was for a problem of the whole account, the list
   * that has just come refutes it; other refusals are tried again when the account starts over. A suspension ends
   * when the list says so.
   */
  #openRefusedAgain(): void {
    const isAll = this.#startsOver;
    this.#startsOver = false;
    for (const server of this.#servers.values()) {
      const { refusal } = server;
      if (refusal === null || refusal.condition === 'suspended') continue;
      if (isAll || isPanelWide(refusal)) server.close();
    }
  }

  #failed(problem: Problem): void {
    this.#failures += 1;
    this.#startsOver = true;
    const { clock, log, random } = this.#parts;
    log.warn('fleet.account-failed', {
      account: this.record.id,
      code: problem.code,
      failures: this.#failures,
    });
    const wait = this.#waitAfter(problem, backOff(this.#failures, random));
    const retryAt = wait === null ? null : clock.now() + wait;
    this.#apply([this.#accountChange({ kind: 'failed', problem, retryAt })]);
    // The panel's one problem stands on the account; asking for each server would only repeat it.
    this.#poller.pauseUntil(Infinity);
    this.#opener.pause();
    if (wait === null) this.#listAlarm.clear();
    else this.#readLater(wait);
  }

  #waitAfter(problem: Problem, pause: number): number | null {
    if (waitsForThePerson(problem)) return null;
    if (problem.retryAt === undefined) return pause;
    return Math.max(1000, problem.retryAt - this.#parts.clock.now());
  }

  #readLater(ms: number): void {
    this.#listAlarm.set(ms, () => void this.#read());
  }

  /** A panel that seems gone is asked for its list: that decides for all of its servers at once. */
  #suspect(problem: Problem): void {
    const { clock } = this.#parts;
    if (problem.code === 'rate-limited') {
      this.#poller.pauseUntil(problem.retryAt ?? clock.now() + listEveryMs);
      return;
    }
    if (isPanelWide(problem)) this.#readListSoon();
  }

  /** Nodes can ask for this as often as they like: the list is read at most every 5 s, and not while the account waits. */
  #readListSoon(): void {
    if (this.#isStopped || this.#account?.state.kind === 'failed') return;
    const since = this.#parts.clock.now() - this.#readAt;
    if (since >= suspicionEveryMs) void this.#read();
    else this.#readLater(suspicionEveryMs - since);
  }

  // Single servers

  /** Reads one server, once at a time. Rejects with `PerchError`. */
  #readServer(id: string): Promise<void> {
    const known = this.#reads.get(id);
    if (known !== undefined) return known;
    const reading = this.#readServerOnce(id).finally(() => this.#reads.delete(id));
    this.#reads.set(id, reading);
    return reading;
  }

  async #readServerOnce(id: string): Promise<void> {
    const server = this.#parts.store.state.servers.get(id);
    if (server === undefined) return;
    try {
      const facts = await this.panel.server(server.identifier);
      if (this.#isStopped || !this.#servers.has(id) || facts.uuid !== server.uuid) return;
      const changes = this.#factsChanges(facts);
      this.#apply(changes);
      this.#watch(changes);
    } catch (error) {
      if (toProblem(error).code === 'not-found') this.#readListSoon();
      throw error;
    }
  }

  async #poll(id: string): Promise<void> {
    const server = this.#parts.store.state.servers.get(id);
    if (server === undefined) return;
    try {
      const resources = await this.panel.resources(server.identifier);
      this.#servers.get(id)?.polled(resources);
    } catch (error) {
      const problem = toProblem(error);
      if (isPanelWide(problem)) this.#suspect(problem);
      else this.#servers.get(id)?.pollFailed(problem);
    }
  }

  #factsChanges(facts: PanelServer): Change[] {
    const known = this.#parts.store.state.servers.get(serverId(this.record.id, facts.uuid));
    const server = withFacts(this.record.id, facts, known);
    return server === known && this.#servers.has(server.id) ? [] : [{ kind: 'server-upserted', server }];
  }

  /** New servers get a watcher, known ones learn that the panel describes them differently. */
  #watch(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind !== 'server-upserted') continue;
      const known = this.#servers.get(change.server.id);
      if (known === undefined) this.#servers.set(change.server.id, this.#newWatcher(change.server));
      else known.factsChanged();
    }
    this.planAgain();
  }

  #newWatcher({ id }: Server): ServerWatcher {
    const { store, clock, openSession, consoles } = this.#parts;
    return new ServerWatcher(id, {
      store,
      clock,
      panel: this.panel,
      openSession,
      consoles,
      readServer: () => this.#readServer(id),
      readList: () => this.#readListSoon(),
      pollSoon: (ms) => this.#poller.soon(id, ms),
      linkChanged: (link) => this.#linkChanged(link),
    });
  }

  #forget(id: string): void {
    this.#servers.get(id)?.stop();
    this.#servers.delete(id);
    this.#parts.consoles.remove(id);
  }

  #linkChanged(link: Link): void {
    if (link.kind === 'reconnecting' && link.problem !== null) this.#suspect(link.problem);
    this.planAgain();
  }

  // Who gets a socket, who is polled

  #plan(): void {
    const { store, consoles, isConsoleOpen } = this.#parts;
    const facts = [...this.#servers.values()].flatMap(({ id, hasSession }) => {
      const server = store.state.servers.get(id);
      if (server === undefined) return [];
      const { condition, link, permissions } = server;
      const knowsPermissions = permissions !== null;
      return [
        { id, condition, link: link.kind, hasSession, consoleOpen: isConsoleOpen(id), knowsPermissions },
      ];
    });
    const plan = planWatch(facts, this.panel.rateLimit?.() ?? null);
    const live = new Set(plan.live);
    for (const { id, condition } of facts) {
      const watcher = this.#servers.get(id);
      if (watcher === undefined || live.has(id)) continue;
      const isBlocked = conditionBlock(condition) !== null;
      if (watcher.hasSession || isBlocked) watcher.close(isBlocked);
      if (!plan.isSmall) consoles.drop(id);
    }
    const missing = plan.live.flatMap((id) => this.#servers.get(id) ?? []).filter((it) => it.mayOpen);
    this.#opener.open(missing);
    if (this.#account?.state.kind === 'ready') this.#opener.resume();
    this.#poller.follow(plan);
  }

  #accountChange(state: Account['state']): Change {
    const { id, label, panelUrl, keyStorage, isDemo } = this.record;
    const account: Account = { id, label, panelUrl, keyStorage, isDemo, user: this.#user, state };
    return { kind: 'account-upserted', account };
  }

  #apply(changes: readonly Change[]): void {
    if (!this.#isStopped) this.#parts.store.apply(changes);
  }
}

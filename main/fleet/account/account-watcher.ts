import type { Change } from '../../../bridge/fleet/changes.js';
import type { Account, Link, PowerSignal, Server } from '../../../bridge/schema/domain.js';
import { PerchError, toProblem, type Problem } from '../../../bridge/errors.js';
import { conditionBlock, isGranted } from '../../../bridge/panel/permissions.js';
import { sentence } from '../../../messages/messages.js';
import type { PanelApi, PanelActivity, PanelServer, PanelUser, SocketTicket } from '../../panel/api.js';
import type { AccountRecord, Clock, Log, Random } from '../../base/ports.js';
import type { ServerFact } from '../../base/server-fact.js';
import { AccountList } from './account-list.js';
import type { ConsoleSink } from '../console/consoles.js';
import { isOfKeychain, isPanelWide, stopsEveryCall } from './panel-wide.js';
import { RightsWatch } from './rights-watch.js';
import type { OpenSession } from '../server/session-slot.js';
import { ServerWatchers } from './server-watchers.js';
import { ServerWatcher } from '../server/server-watcher.js';
import { unknownToNode } from '../server/unknown-server.js';
import type { FleetStore } from '../store.js';
import { agreementsOf } from './agreements-of.js';
import type { PollOutcome } from '../plan/node-rests.js';
import type { Looking } from '../plan/watch-plan.js';
import { WatchCoverage } from './watch-coverage.js';

export interface AccountWatcherDeps {
  store: FleetStore;
  clock: Clock;
  random: Random;
  log: Log;
  openSession: OpenSession;
  consoles: ConsoleSink;
  /** A node reported an event of this server without effect on its state. */
  happened(serverId: string, fact: ServerFact): void;
  /** The user sent this server a power signal; null = the last signal was definitely refused. */
  signalled(serverId: string, signal: PowerSignal | null): void;
  looking: Looking;
  /** Most live servers of this account; null = as many as the panel allows. */
  liveLimit(): number | null;
}

/** Pause in ms after a rate limit without a time. The window is one minute (PROTOCOL 3.4). */
const limiterPauseMs = 60_000;

/**
 * Watches one account: its server list, a `ServerWatcher` for each server, and their sessions and polls.
 * Handles problems of the whole panel, found by any server, for all servers.
 */
export class AccountWatcher {
  record: AccountRecord;
  readonly panel: PanelApi;
  readonly #deps: AccountWatcherDeps;
  readonly #list: AccountList;
  readonly #watchers: ServerWatchers;
  readonly #coverage: WatchCoverage;
  readonly #rights: RightsWatch;
  /** The account failed or the user retried: refused sessions may be allowed now. */
  #startsOver = false;
  /** The panel's last reason for issuing no token, by server id. */
  readonly #ticketProblems = new Map<string, Problem>();
  /** The last problem of each node that did not answer, by node. */
  readonly #silentNodes = new Map<string, Problem>();
  #isStopped = false;
  #told: Pick<Account, 'heldBack' | 'roundMs'> = {};

  constructor(record: AccountRecord, user: PanelUser | null, panel: PanelApi, deps: AccountWatcherDeps) {
    const { store, clock, random, log, consoles, looking, liveLimit } = deps;
    this.record = record;
    this.panel = panel;
    this.#deps = deps;
    this.#list = new AccountList(user, {
      clock,
      random,
      log,
      panel,
      accountId: record.id,
      kept: (list) => this.#watchers.kept(list),
      wantsAll: () => this.record.allServers === true,
      listed: (list, askedAt) => this.#listed(list, askedAt),
      failed: (problem, retryAt) => this.#failed(problem, retryAt),
    });
    this.#watchers = new ServerWatchers({
      store,
      clock,
      panel,
      accountId: record.id,
      newWatcher: (id) => this.#newWatcher(id),
      left: (id) => {
        this.#ticketProblems.delete(id);
        this.#coverage.forget(id);
        consoles.remove(id);
      },
      changed: () => this.planAgain(),
      readList: () => this.#list.readSoon(),
    });
    panel.onAnswer(() => this.#list.answered());
    panel.onRefused(() => this.#list.refused());
    this.#rights = new RightsWatch({
      clock,
      servers: () => this.#watchers.all().flatMap(({ id }) => store.state.servers.get(id) ?? []),
      read: (id) => this.#readRights(id),
    });
    this.#coverage = new WatchCoverage({
      store,
      clock,
      random,
      watchers: this.#watchers,
      looking,
      liveLimit,
      room: panel,
      covered: (coverage) => this.#covered(coverage),
      dropConsole: (id) => consoles.drop(id),
      tokensUsedUp: (id, until) => this.#tokensUsedUp(id, until),
      callsUsedUp: (until) => this.#callsUsedUp(until),
      polls: {
        poll: (id) => this.#poll(id),
        read: (id) => this.#readPermissions(id),
        nodeOf: (id) => store.state.servers.get(id)?.node ?? '',
        isLive: (node) => this.#isNodeLive(node),
        heldBack: (id) => this.#heldBack(id),
      },
    });
  }

  /** Reads one server again when no other call is due. Never rejects. */
  async #readRights(id: string): Promise<void> {
    if (this.#account?.state.kind === 'ready') await this.#coverage.lookUp(() => this.#readPermissions(id));
  }

  /** The stored account record changed. Reads the list again if the record now asks for other servers. */
  recordChanged(record: AccountRecord): void {
    const wantedAll = this.record.allServers === true;
    this.record = record;
    const account = this.#account;
    if (account !== undefined) this.#tell(account.state);
    if ((record.allServers === true) !== wantedAll) void this.#list.readAnother();
  }

  start(): void {
    this.#tell({ kind: 'loading' });
    void this.#list.read();
    this.#rights.start();
  }

  /** Ends all watching and closes the panel client. The store keeps its content. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#list.stop();
    this.#rights.stop();
    this.#coverage.stop();
    this.#watchers.stop();
    await this.panel.close();
  }

  server(id: string): ServerWatcher | null {
    return this.#watchers.get(id);
  }

  /** Reads the list now, ignoring pauses and rate limit. Rejects with `PerchError` if this fails. */
  async retry(): Promise<void> {
    this.#startsOver = true;
    this.panel.liftPause();
    if (this.#account?.state.kind === 'failed') this.#tell({ kind: 'loading' });
    const problem = await this.#list.readAnew();
    if (problem !== null) throw new PerchError(problem);
  }

  /** Checks every session and reads everything again, after sleep or a network change. */
  wake(): void {
    this.#startsOver = true;
    for (const server of this.#watchers.all()) server.suspect();
    void this.#list.readAnew();
    this.#coverage.pollAll();
  }

  /** Recent activity on a server; null if the panel can't be asked now or the permission is missing. */
  async activityOf({ identifier, permissions, condition }: Server): Promise<readonly PanelActivity[] | null> {
    const mayRead = permissions !== null && isGranted(permissions, 'activity.read');
    if (!mayRead || conditionBlock(condition) !== null || this.#account?.state.kind !== 'ready') return null;
    try {
      return await this.#coverage.lookUp(() => this.panel.activity(identifier));
    } catch (error) {
      this.#suspect(toProblem(error));
      return null;
    }
  }

  /** Number of servers that should be live. */
  get wanted(): number {
    return this.#watchers.all().length;
  }

  /** The keychain may answer again: retries an account that failed for lack of a key. */
  keychainChanged(): void {
    const state = this.#account?.state;
    if (state?.kind !== 'failed' || !isOfKeychain(state.problem)) return;
    this.#startsOver = true;
    void this.#list.readAnew();
  }

  /** The user opened this server's console: a token request that waits for a rate limit goes out now. */
  consoleOpened(id: string): void {
    this.#coverage.asked(id);
    const link = this.#deps.store.state.servers.get(id)?.link;
    if (link?.kind === 'reconnecting' && link.problem?.ofServer === true) this.server(id)?.connectNow();
  }

  /** Plans again after a change of what the user looks at or of the settings. */
  planAgain(): void {
    this.#coverage.planAgain();
  }

  // Results of the list

  #listed(list: readonly PanelServer[], askedAt: number): void {
    this.#watchers.listed({ list, askedAt }, this.#accountChange({ kind: 'ready' }));
    this.#watchers.retryRefused(this.#startsOver);
    this.#startsOver = false;
    this.#coverage.resume();
  }

  #failed(problem: Problem, retryAt: number): void {
    this.#startsOver = true;
    this.#tell({ kind: 'failed', problem, retryAt });
    this.#coverage.pause();
  }

  // Results from single servers

  #newWatcher(id: string): ServerWatcher {
    const { store, clock, random, openSession, consoles } = this.#deps;
    return new ServerWatcher(id, {
      store,
      clock,
      random,
      panel: this.panel,
      openSession: ({ origin }, server, listener) =>
        openSession({ origin, socketTicket: (identifier) => this.#ticket(id, identifier) }, server, listener),
      consoles,
      readServer: () => this.#watchers.read(id),
      readList: () => this.#watchers.seemsGone(id),
      pollSoon: (ms) => this.#coverage.pollSoon(id, ms),
      lookNow: () => this.#look(id),
      turn: () => this.#coverage.turn(),
      asked: () => this.#coverage.asked(id),
      signalled: (signal) => this.#deps.signalled(id, signal),
      signalRefused: () => this.#deps.signalled(id, null),
      happened: (fact) => this.#deps.happened(id, fact),
      isOfPanel: (problem) => this.#isOfPanel(problem),
      isResting: () => this.#isResting,
      linkChanged: (link) => this.#linkChanged(link),
    });
  }

  /**
   * Requests a token for a session, in turn with all other calls to the panel.
   * Fails at once if the account's key is rejected or missing, instead of trying once per server.
   */
  #ticket(id: string, identifier: string): Promise<SocketTicket> {
    return this.#coverage.ticket(id, async () => {
      const state = this.#account?.state;
      if (state?.kind === 'failed' && stopsEveryCall(state.problem.code)) throw new PerchError(state.problem);
      this.#ticketProblems.delete(id);
      try {
        return await this.panel.socketTicket(identifier);
      } catch (error) {
        this.#ticketProblems.set(id, toProblem(error));
        throw error;
      }
    });
  }

  /**
   * The error for a server that used up its tokens for now.
   * Keeps the reason why its session needs new tokens: the panel's last answer, or the node's problem with the tokens.
   */
  #tokensUsedUp(id: string, retryAt: number): PerchError {
    const link = this.#deps.store.state.servers.get(id)?.link;
    const cause = this.#ticketProblems.get(id) ?? (link?.kind === 'reconnecting' ? link.problem : null);
    if (cause !== null) return new PerchError({ ...cause, retryAt, ofServer: true });
    const { label } = this.record;
    return new PerchError({
      code: 'rate-limited',
      message: sentence('panel.rationed', { place: label }),
      next: sentence('panel.rationed-next'),
      retryAt,
      ofServer: true,
    });
  }

  get #isResting(): boolean {
    const state = this.#account?.state;
    if (state?.kind === 'failed') return state.problem.code === 'rate-limited';
    return this.#coverage.isResting;
  }

  /**
   * The error once Perch has used half of the rate limit, also through bulk actions. The other half is for the user and
   * others.
   */
  #callsUsedUp(retryAt: number): PerchError {
    const { label } = this.record;
    return new PerchError({
      code: 'rate-limited',
      message: sentence('panel.paced', { place: label }),
      next: sentence('panel.paced-next'),
      retryAt,
    });
  }

  #linkChanged(link: Link): void {
    const problem = link.kind === 'reconnecting' || link.kind === 'refused' ? link.problem : null;
    if (problem !== null && this.#isOfPanel(problem)) this.#suspect(problem);
    this.planAgain();
  }

  /** A certificate problem of another host than the panel's does not concern the panel. */
  #isOfPanel(problem: Problem): boolean {
    const host = problem.certificate?.host;
    return isPanelWide(problem) && (host === undefined || host === new URL(this.record.panelUrl).host);
  }

  /** Polls one server now. A failed account rejects with its own problem instead of asking. */
  async #look(id: string): Promise<void> {
    const state = this.#account?.state;
    if (state?.kind === 'failed') throw new PerchError(state.problem);
    await this.#coverage.turn();
    await this.#ask(id);
  }

  async #poll(id: string): Promise<PollOutcome> {
    try {
      await this.#ask(id);
      return 'seen';
    } catch (error) {
      const problem = toProblem(error);
      const server = this.#deps.store.state.servers.get(id);
      if (problem.code !== 'node-unreachable' || server === undefined) return 'failed';
      if (unknownToNode(server.link, problem) !== null) return 'alone';
      this.#silentNodes.set(server.node, problem);
      return 'silent';
    }
  }

  /** Applies the problem of a silent node to a server on that node which was not polled. */
  #heldBack(id: string): void {
    const problem = this.#silentNodes.get(this.#deps.store.state.servers.get(id)?.node ?? '');
    if (problem !== undefined) this.server(id)?.pollFailed(problem);
  }

  #isNodeLive(node: string): boolean {
    const { servers } = this.#deps.store.state;
    return this.#watchers.all().some(({ id }) => {
      const server = servers.get(id);
      return server?.node === node && server.link.kind === 'live';
    });
  }

  async #ask(id: string): Promise<void> {
    const server = this.#deps.store.state.servers.get(id);
    if (server === undefined) return;
    try {
      const resources = await this.panel.resources(server.identifier);
      this.server(id)?.polled(resources);
    } catch (error) {
      const problem = toProblem(error);
      if (isPanelWide(problem)) this.#suspect(problem);
      else this.server(id)?.pollFailed(problem);
      throw error;
    }
  }

  /**
   * Reads the permissions of a polled server once, because the list never has them (PROTOCOL D13). False on failure.
   */
  async #readPermissions(id: string): Promise<boolean> {
    try {
      await this.#watchers.read(id);
      return true;
    } catch (error) {
      this.#suspect(toProblem(error));
      return false;
    }
  }

  /** A possible problem of the whole panel: reads the list, which decides for all servers at once. */
  #suspect(problem: Problem): void {
    if (!isPanelWide(problem)) return;
    if (problem.code === 'rate-limited') {
      this.#coverage.pollNothingUntil(problem.retryAt ?? this.#deps.clock.now() + limiterPauseMs);
    } else this.#list.readSoon();
  }

  // The account in the store

  get #account(): Account | undefined {
    return this.#deps.store.state.accounts.get(this.record.id);
  }

  #covered(coverage: Pick<Account, 'heldBack' | 'roundMs'>): void {
    const isSame = JSON.stringify(coverage) === JSON.stringify(this.#told);
    this.#told = coverage;
    const account = this.#account;
    if (!isSame && account !== undefined) this.#tell(account.state);
  }

  #tell(state: Account['state']): void {
    if (!this.#isStopped) this.#deps.store.apply([this.#accountChange(state)]);
  }

  #accountChange(state: Account['state']): Change {
    const { id, label, panelUrl, keyStorage, isDemo, allServers } = this.record;
    const unread = this.panel.unreadServers();
    const strange = this.panel.strangeServers();
    const agreements = agreementsOf(this.record);
    const account: Account = {
      id,
      label,
      panelUrl,
      keyStorage,
      isDemo,
      user: this.#list.user,
      ...(allServers === true ? { allServers } : {}),
      ...(unread > 0 ? { unreadServers: unread } : {}),
      ...this.#told,
      ...(strange > 0 ? { strangeServers: strange } : {}),
      ...(agreements.length > 0 ? { agreements } : {}),
      state,
    };
    return { kind: 'account-upserted', account };
  }
}

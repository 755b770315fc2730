import type { Link, Server } from '../../../bridge/schema/domain.js';
import { PerchError, type Problem } from '../../../bridge/errors.js';
import type { PanelApi, PanelActivity, PanelServer, PanelUser } from '../../panel/api.js';
import type { AccountRecord, Log } from '../../base/ports.js';
import { AccountList } from './account-list.js';
import { AccountRow } from './account-row.js';
import { isOfKeychain, isOfPanel, isPanelWide } from './panel-wide.js';
import { RightsWatch } from './rights-watch.js';
import { ServerReads } from './server-reads.js';
import { ServerWatchers } from './server-watchers.js';
import { ServerWatcher, type ServerWatcherDeps } from '../server/server-watcher.js';
import { SessionTickets } from './session-tickets.js';
import type { UserFocus } from '../plan/watch-plan.js';
import { callsUsedUp } from './used-up.js';
import { WatchCoverage } from './watch-coverage.js';

export interface AccountWatcherDeps extends Pick<
  ServerWatcherDeps,
  'store' | 'clock' | 'random' | 'openSession' | 'consoles' | 'happened' | 'sighted' | 'sent'
> {
  log: Log;
  looking: UserFocus;
  /** Most live servers of this account; null = as many as the panel allows. */
  liveLimit(): number | null;
}

/**
 * Watches one account: its server list, a `ServerWatcher` for each server, and their sessions and polls.
 * Handles problems of the whole panel, found by any server, for all servers.
 */
export class AccountWatcher {
  readonly #row: AccountRow;
  readonly #list: AccountList;
  readonly #watchers: ServerWatchers;
  readonly #coverage: WatchCoverage;
  readonly #tickets: SessionTickets;
  readonly #reads: ServerReads;
  readonly #rights: RightsWatch;
  /** True if the account failed or the user retried: refused sessions may be allowed now. */
  #startsOver = false;

  constructor(
    record: AccountRecord,
    user: PanelUser | null,
    readonly panel: PanelApi,
    private readonly deps: AccountWatcherDeps,
  ) {
    const { store, clock, consoles } = deps;
    this.#row = new AccountRow(record, { store, panel, user: () => this.#list.user });
    this.#list = new AccountList(user, {
      ...deps,
      panel,
      accountId: record.id,
      kept: (list) => this.#watchers.kept(list),
      wantsAll: () => this.record.allServers === true,
      listed: (list, askedAt) => this.#listed(list, askedAt),
      failed: (problem, retryAt) => this.#failed(problem, retryAt),
    });
    const ofServers = this.#ofServers();
    this.#watchers = new ServerWatchers({
      ...deps,
      panel,
      accountId: record.id,
      newWatcher: (id) => new ServerWatcher(id, ofServers),
      left: (id) => {
        this.#tickets.forget(id);
        this.#coverage.forget(id);
        consoles.remove(id);
      },
      changed: () => this.planAgain(),
      readList: () => this.#list.readSoon(),
    });
    this.#tickets = new SessionTickets({
      store,
      row: this.#row,
      panel,
      inTurn: (id, send) => this.#coverage.ticket(id, send),
    });
    this.#reads = new ServerReads({
      store,
      row: this.#row,
      panel,
      watchers: this.#watchers,
      turn: () => this.#coverage.turn(),
      lookUp: (call) => this.#coverage.optional.lookUp(call),
      suspect: (problem) => this.#suspect(problem),
    });
    panel.onAnswer(() => this.#list.answered());
    panel.onRefused(() => this.#list.refused());
    this.#rights = new RightsWatch({
      clock,
      servers: () => this.#watchers.all().flatMap(({ id }) => store.state.servers.get(id) ?? []),
      read: (id) => this.#reads.readRights(id),
    });
    this.#coverage = new WatchCoverage({
      ...deps,
      watchers: this.#watchers,
      room: panel,
      covered: (coverage) => this.#row.covered(coverage),
      dropConsole: (id) => consoles.drop(id),
      tokensUsedUp: (id, until) => this.#tickets.usedUp(id, until),
      callsUsedUp: (until) => callsUsedUp(this.record.label, until),
      polls: this.#reads,
    });
  }

  get record(): AccountRecord {
    return this.#row.record;
  }

  /** The stored account record changed. Reads the list again if the record now asks for other servers. */
  recordChanged(record: AccountRecord): void {
    const wantedAll = this.record.allServers === true;
    this.#row.record = record;
    this.#row.refresh();
    if ((record.allServers === true) !== wantedAll) void this.#list.readAnother();
  }

  start(): void {
    this.#row.tell({ kind: 'loading' });
    void this.#list.read();
    this.#rights.start();
  }

  /** Ends all watching and closes the panel client. The store keeps its content. */
  async stop(): Promise<void> {
    this.#row.stop();
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
    if (this.#row.problem !== null) this.#row.tell({ kind: 'loading' });
    const problem = await this.#list.readWithUser();
    if (problem !== null) throw new PerchError(problem);
  }

  /** Checks every session and reads everything again, after sleep or a network change. */
  wake(): void {
    this.#startsOver = true;
    for (const server of this.#watchers.all()) server.session.suspect();
    void this.#list.readAgain();
    this.#coverage.pollAll();
  }

  /** Recent activity on a server; null if the panel can't be asked now or the permission is missing. */
  activityOf(server: Server): Promise<readonly PanelActivity[] | null> {
    return this.#reads.activityOf(server);
  }

  /** Number of servers that should be live. */
  get wanted(): number {
    return this.#watchers.all().length;
  }

  /** The keychain may answer again: retries an account that failed for lack of a key. */
  keychainChanged(): void {
    const { problem } = this.#row;
    if (problem !== null && isOfKeychain(problem)) void this.#list.readAgain();
  }

  /** The user opened this server's console: a token request that waits for a rate limit goes out now. */
  consoleOpened(id: string): void {
    this.#coverage.asked(id);
    const link = this.deps.store.state.servers.get(id)?.link;
    if (link?.kind === 'reconnecting' && link.problem?.ofServer === true) this.server(id)?.session.retry();
  }

  /** Plans again after the visible servers or the settings have changed. */
  planAgain(): void {
    this.#coverage.planAgain();
  }

  // Results of the list

  #listed(list: readonly PanelServer[], askedAt: number): void {
    this.#watchers.listed({ list, askedAt }, this.#row.change({ kind: 'ready' }));
    this.#watchers.retryRefused(this.#startsOver);
    this.#startsOver = false;
    this.#coverage.resume();
  }

  #failed(problem: Problem, retryAt: number): void {
    this.#startsOver = true;
    this.#row.tell({ kind: 'failed', problem, retryAt });
    this.#coverage.pause();
  }

  // Results from single servers

  #ofServers(): ServerWatcherDeps {
    return {
      ...this.deps,
      panel: this.panel,
      openSession: (_, server, tell) =>
        this.deps.openSession(this.#tickets.panelFor(server.id), server, tell),
      readServer: (id) => this.#watchers.read(id),
      readList: (id) => this.#watchers.seemsGone(id),
      pollSoon: (id, ms) => this.#coverage.pollSoon(id, ms),
      refreshNow: (id) => this.#reads.refresh(id),
      turn: () => this.#coverage.turn(),
      whenSpare: (send, waits) => this.#coverage.optional.whenSpare(send, waits),
      whenShown: (send) => this.#coverage.optional.whenShown(send),
      whenIdle: (send, waits) => this.#coverage.optional.whenIdle(send, waits),
      asked: (id) => this.#coverage.asked(id),
      isOfPanel: (problem) => isOfPanel(problem, this.record.panelUrl),
      isResting: () => this.#row.problem?.code === 'rate-limited' || this.#coverage.isResting,
      linkChanged: (link) => this.#linkChanged(link),
    };
  }

  #linkChanged(link: Link): void {
    const problem = link.kind === 'reconnecting' || link.kind === 'refused' ? link.problem : null;
    if (problem !== null && isOfPanel(problem, this.record.panelUrl)) this.#suspect(problem);
    this.planAgain();
  }

  /** A possible problem of the whole panel: reads the list, which decides for all servers at once. */
  #suspect(problem: Problem): void {
    if (!isPanelWide(problem)) return;
    if (problem.code === 'rate-limited') this.#coverage.pausePolls(problem.retryAt);
    else this.#list.readSoon();
  }
}

/**
 * The fleet: every server of every account, watched live. Use:
 *
 *   const fleet = new Fleet({ store, clock, random, log, sent, connectPanel, openSession });
 *   fleet.start(records)        one watcher per account; the store fills as panels answer
 *   fleet.consoles              the `Consoles` of api.ts
 *   fleet.onResume(), onOnline() after sleep, and when the network is back
 *   fleet.onKeychain()          when keys may be readable again
 *   await fleet.stop()          ends sessions and timers, closes the panels
 *
 * `connectPanel` creates the client of one account, which reads its key from the vault. The fleet closes the client.
 */
import type { Change } from '../../bridge/fleet/changes.js';
import type { Account } from '../../bridge/schema/domain.js';
import { PerchError, newProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { PanelApi, PanelActivity, PanelUser } from '../panel/api.js';
import { Emitter } from '../base/emitter.js';
import type { PlayerSighting } from '../base/player-sighting.js';
import type { AccountRecord } from '../base/ports.js';
import type { ReportedFact } from '../base/server-fact.js';
import { AccountWatcher, type AccountWatcherDeps } from './account/account-watcher.js';
import type { PastCrashes, WatchedFleet } from './api.js';
import { Interests } from './interests.js';
import { FleetConsoles } from './console/consoles.js';
import type { ServerWatcher } from './server/server-watcher.js';

export interface FleetDeps extends Pick<
  AccountWatcherDeps,
  'store' | 'clock' | 'random' | 'log' | 'sent' | 'openSession'
> {
  connectPanel(record: AccountRecord): PanelApi;
}

export class Fleet implements WatchedFleet {
  readonly consoles: FleetConsoles;
  /** Events of servers from nodes, which are not in the store. */
  readonly facts = new Emitter<ReportedFact>();
  /** Lines of consoles about players by name. */
  readonly sightings = new Emitter<{ readonly serverId: string; readonly sighting: PlayerSighting }>();
  readonly #accounts = new Map<string, AccountWatcher>();
  /** Servers that windows show, and the settings for watching. */
  readonly interests = new Interests();

  constructor(private readonly deps: FleetDeps) {
    this.interests.listen(() => this.#planAgain());
    this.consoles = new FleetConsoles(deps.clock, {
      linkOf: (serverId) => deps.store.state.servers.get(serverId)?.link ?? { kind: 'none' },
      setConsoleOpen: (serverId, isOpen) => this.#setConsoleOpen(serverId, isOpen),
      setPaused: (serverId, isPaused) => this.server(serverId)?.session.setPaused(isPaused),
    });
  }

  start(records: readonly AccountRecord[]): void {
    for (const record of records) this.addAccount(record, null);
  }

  async stop(): Promise<void> {
    const accounts = [...this.#accounts.values()];
    this.#accounts.clear();
    this.consoles.stop();
    await Promise.all(accounts.map((account) => account.stop()));
  }

  addAccount(record: AccountRecord, user: PanelUser | null): void {
    const before = this.#accounts.get(record.id);
    if (before !== undefined) this.#letGo(before);
    const watcher = new AccountWatcher(record, user, this.deps.connectPanel(record), {
      ...this.deps,
      consoles: this.consoles,
      happened: (serverId, fact) => this.facts.emit({ serverId, fact }),
      sighted: (serverId, sighting) => this.sightings.emit({ serverId, sighting }),
      looking: this.interests,
      liveLimit: () => this.#liveLimitOf(record.id),
    });
    this.#accounts.set(record.id, watcher);
    watcher.start();
  }

  /** The stored account record changed. No-op for an unknown account. */
  recordChanged(record: AccountRecord): void {
    this.#accounts.get(record.id)?.recordChanged(record);
  }

  async removeAccount(accountId: string): Promise<void> {
    const watcher = this.#accounts.get(accountId);
    this.#accounts.delete(accountId);
    const servers = this.#serversOf(accountId);
    const stopped = watcher?.stop();
    this.deps.store.apply([{ kind: 'account-removed', accountId }]);
    for (const { id } of servers) this.consoles.remove(id);
    await stopped;
  }

  async retryAccount(accountId: string): Promise<void> {
    await this.#watcherOf(accountId).retry();
  }

  panelOf(accountId: string): PanelApi {
    return this.#watcherOf(accountId).panel;
  }

  account(accountId: string): Account | null {
    return this.deps.store.state.accounts.get(accountId) ?? null;
  }

  server(serverId: string): ServerWatcher | null {
    const server = this.deps.store.state.servers.get(serverId);
    if (server === undefined) return null;
    return this.#accounts.get(server.accountId)?.server(serverId) ?? null;
  }

  /**
   * Recent activity on a server; null if the panel can't be asked now or the permission is missing. Never rejects.
   */
  async activityOf(serverId: string): Promise<readonly PanelActivity[] | null> {
    const server = this.deps.store.state.servers.get(serverId);
    return server === undefined ? null : (this.#accounts.get(server.accountId)?.activityOf(server) ?? null);
  }

  readonly pastCrashes: PastCrashes = {
    recall: (serverId, at, crash) => this.server(serverId)?.crash.recall(at, crash),
    stoppedSince: (serverId) => this.server(serverId)?.crash.stoppedSince(),
  };

  /** After sleep: sockets may look open but be dead (PLATFORM, "Lifecycle"). */
  onResume(): void {
    for (const account of this.#accounts.values()) account.wake();
  }

  /** The network is back or changed. */
  onOnline(): void {
    this.onResume();
  }

  /** The keychain was unlocked or has started: accounts that wait for a key continue. */
  onKeychain(): void {
    for (const account of this.#accounts.values()) account.keychainChanged();
  }

  #watcherOf(accountId: string): AccountWatcher {
    const watcher = this.#accounts.get(accountId);
    if (watcher !== undefined) return watcher;
    throw new PerchError(newProblem('not-found', sentence('actions.no-account')));
  }

  /** Stops the watcher of an account that gets a new key, and resets the live state of its servers. */
  #letGo(watcher: AccountWatcher): void {
    const { log, store } = this.deps;
    const account = watcher.record.id;
    watcher.stop().catch(() => log.warn('fleet.close-failed', { account }));
    const changes = this.#serversOf(account).map(({ id: serverId }): Change => ({
      kind: 'server-patched',
      serverId,
      patch: { link: { kind: 'none' }, pending: null, problem: null },
    }));
    store.apply(changes);
    for (const { id } of this.#serversOf(account)) this.consoles.link(id, { kind: 'none' });
  }

  #planAgain(): void {
    for (const account of this.#accounts.values()) account.planAgain();
  }

  /** The account's part of the live limit from the settings, in proportion to its number of servers. */
  #liveLimitOf(accountId: string): number | null {
    const { liveLimit } = this.interests;
    const own = this.#accounts.get(accountId)?.wanted ?? 0;
    if (liveLimit === null || own === 0) return liveLimit;
    const all = [...this.#accounts.values()].reduce((sum, { wanted }) => sum + wanted, 0);
    return Math.min(own, Math.floor((liveLimit * own) / all));
  }

  #serversOf(accountId: string): { id: string }[] {
    return [...this.deps.store.state.servers.values()].filter((server) => server.accountId === accountId);
  }

  #setConsoleOpen(serverId: string, isOpen: boolean): void {
    this.interests.setConsoleOpen(serverId, isOpen);
    const server = this.deps.store.state.servers.get(serverId);
    if (server === undefined) return;
    const account = this.#accounts.get(server.accountId);
    if (isOpen) account?.consoleOpened(serverId);
    else account?.planAgain();
  }
}

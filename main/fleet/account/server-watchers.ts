import type { Change } from '../../../bridge/fleet/changes.js';
import { toProblem } from '../../../bridge/errors.js';
import type { PanelApi, PanelServer } from '../../panel/api.js';
import type { Kept } from './list-doubt.js';
import type { Clock } from '../../base/ports.js';
import { isPanelWide } from './panel-wide.js';
import { serverId } from '../server-id.js';
import { withFacts } from '../server/server-facts.js';
import type { ServerWatcher } from '../server/server-watcher.js';
import type { FleetStore } from '../store.js';

export interface ServerWatchersDeps {
  store: FleetStore;
  clock: Clock;
  accountId: string;
  panel: PanelApi;
  /** Creates the watcher of a new server. */
  newWatcher(serverId: string): ServerWatcher;
  /** The server is gone and its watcher has stopped. */
  left(serverId: string): void;
  /** Servers were added or changed. */
  changed(): void;
  /** A single server is unknown to the panel: the list must be read again. */
  readList(): void;
}

/**
 * Watchers of one account's servers: one for each server from the list or from an answer about a single server.
 * Also writes the panel's description of servers to the store, so that watchers and store stay in step.
 */
export class ServerWatchers {
  readonly #watchers = new Map<string, ServerWatcher>();
  readonly #seemGone = new Set<string>();
  readonly #reads = new Map<string, Promise<void>>();
  /** Monotonic time of the request behind each server's data. Answers to older requests are ignored. */
  readonly #askedAt = new Map<string, number>();

  constructor(private readonly deps: ServerWatchersDeps) {}

  get(id: string): ServerWatcher | null {
    return this.#watchers.get(id) ?? null;
  }

  all(): ServerWatcher[] {
    return [...this.#watchers.values()];
  }

  /** Applies a complete list. `account` is the change of the account, applied together with the servers. */
  listed({ list, askedAt }: { list: readonly PanelServer[]; askedAt: number }, account: Change): void {
    this.#seemGone.clear();
    const changes = [account];
    const gone = new Set(this.#knownIds());
    for (const facts of list) {
      gone.delete(serverId(this.deps.accountId, facts.uuid));
      changes.push(...this.#factsChanges(facts, askedAt));
    }
    for (const id of gone) changes.push({ kind: 'server-removed', serverId: id });
    for (const id of gone) this.#leave(id);
    this.#take(changes);
  }

  /** Reads one server from the panel, one request at a time per server. Rejects with `PerchError`. */
  read(id: string): Promise<void> {
    const known = this.#reads.get(id);
    if (known !== undefined) return known;
    const reading = this.#readOnce(id).finally(() => this.#reads.delete(id));
    this.#reads.set(id, reading);
    return reading;
  }

  /** A node or a single answer says that the server is gone: the list decides. */
  seemsGone(id: string): void {
    this.#seemGone.add(id);
    this.deps.readList();
  }

  /** How many known servers of this account a list contains, without servers that seem to be gone. */
  kept(list: readonly PanelServer[]): Kept {
    const { accountId } = this.deps;
    const listed = new Set(list.map(({ uuid }) => serverId(accountId, uuid)));
    const known = this.#knownIds().filter((id) => !this.#seemGone.has(id));
    return { known: known.length, missing: known.filter((id) => !listed.has(id)).length };
  }

  /**
   * Reopens refused sessions after a successful list.
   * Sessions refused for a problem of the whole account reopen; with `all`, every refused session reopens, one after
   * the other.
   */
  retryRefused(all: boolean): void {
    for (const watcher of this.#watchers.values()) {
      const { refusal } = watcher.session;
      if (refusal === null) continue;
      if (all) watcher.close();
      else if (isPanelWide(refusal)) watcher.session.refuted();
    }
  }

  /** Stops all watchers. The store keeps its content, and late answers no longer change it. */
  stop(): void {
    for (const watcher of this.#watchers.values()) watcher.stop();
    this.#watchers.clear();
  }

  async #readOnce(id: string): Promise<void> {
    const { store, panel } = this.deps;
    const server = store.state.servers.get(id);
    if (server === undefined) return;
    const askedAt = this.deps.clock.now();
    try {
      const facts = await panel.server(server.identifier);
      if (!this.#watchers.has(id) || facts.uuid !== server.uuid) return;
      this.#take(this.#factsChanges(facts, askedAt));
    } catch (error) {
      if (toProblem(error).code === 'not-found') this.seemsGone(id);
      throw error;
    }
  }

  /** Ids of the account's servers in the store. After an account was added again, they have no watcher yet. */
  #knownIds(): string[] {
    const { store, accountId } = this.deps;
    const servers = [...store.state.servers.values()];
    return servers.filter((server) => server.accountId === accountId).map(({ id }) => id);
  }

  #factsChanges(facts: PanelServer, askedAt: number): Change[] {
    const { store, accountId } = this.deps;
    const id = serverId(accountId, facts.uuid);
    if (askedAt < (this.#askedAt.get(id) ?? -Infinity)) return [];
    this.#askedAt.set(id, askedAt);
    const known = store.state.servers.get(id);
    const server = withFacts(accountId, facts, known);
    return server === known && this.#watchers.has(server.id) ? [] : [{ kind: 'server-upserted', server }];
  }

  /** Applies changes to the store. New servers get a watcher; watchers of known servers get the change. */
  #take(changes: readonly Change[]): void {
    const { store, newWatcher, changed } = this.deps;
    store.apply(changes);
    for (const change of changes) {
      if (change.kind !== 'server-upserted') continue;
      const { id } = change.server;
      const known = this.#watchers.get(id);
      if (known === undefined) this.#watchers.set(id, newWatcher(id));
      else known.factsChanged();
    }
    changed();
  }

  #leave(id: string): void {
    this.#watchers.get(id)?.stop();
    this.#watchers.delete(id);
    this.#askedAt.delete(id);
    this.deps.left(id);
  }
}

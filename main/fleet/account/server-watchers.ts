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
  /** A server that is new here begins to be watched. */
  newWatcher(serverId: string): ServerWatcher;
  /** The server is gone, and its watcher has ended. */
  left(serverId: string): void;
  /** Servers have come, or the panel has described some of them. */
  changed(): void;
  /** The panel no longer knows a single server: the list tells what became of it. */
  readList(): void;
}

/**
 * The watchers of one account's servers: one for each server that the panel knows, by its list or by an answer
 * about that server alone. What the panel describes goes into the store here, so both stay in step.
 */
export class ServerWatchers {
  readonly #deps: ServerWatchersDeps;
  readonly #watchers = new Map<string, ServerWatcher>();
  readonly #seemGone = new Set<string>();
  readonly #reads = new Map<string, Promise<void>>();
  /** When the panel was asked for what is known of each server; an answer that comes late tells of an earlier time. */
  readonly #askedAt = new Map<string, number>();

  constructor(deps: ServerWatchersDeps) {
    this.#deps = deps;
  }

  get(id: string): ServerWatcher | null {
    return this.#watchers.get(id) ?? null;
  }

  all(): ServerWatcher[] {
    return [...this.#watchers.values()];
  }

  /** The whole list has come; `account` is what it says of the account, told in one step with the servers. */
  listed({ list, askedAt }: { list: readonly PanelServer[]; askedAt: number }, account: Change): void {
    this.#seemGone.clear();
    const changes = [account];
    const gone = new Set(this.#knownIds());
    for (const facts of list) {
      gone.delete(serverId(this.#deps.accountId, facts.uuid));
      changes.push(...this.#factsChanges(facts, askedAt));
    }
    for (const id of gone) changes.push({ kind: 'server-removed', serverId: id });
    for (const id of gone) this.#leave(id);
    this.#take(changes);
  }

  /** Reads one server from the panel, once at a time. Rejects with `PerchError`. */
  read(id: string): Promise<void> {
    const known = this.#reads.get(id);
    if (known !== undefined) return known;
    const reading = this.#readOnce(id).finally(() => this.#reads.delete(id));
    this.#reads.set(id, reading);
    return reading;
  }

  /** Its node, or an answer about it alone, says that it is gone: the list tells. */
  seemsGone(id: string): void {
    this.#seemGone.add(id);
    this.#deps.readList();
  }

  /** How much of what is known of this account a list holds, but for what seems to be gone anyway. */
  kept(list: readonly PanelServer[]): Kept {
    const { accountId } = this.#deps;
    const listed = new Set(list.map(({ uuid }) => serverId(accountId, uuid)));
    const known = this.#knownIds().filter((id) => !this.#seemGone.has(id));
    return { known: known.length, missing: known.filter((id) => !listed.has(id)).length };
  }

  /**
   * The list has come. Where a session was refused for a problem of the whole account, that refutes it; `all` = the
   * account starts over, and whatever was refused is opened again, one after the other.
   */
  retryRefused(all: boolean): void {
    for (const watcher of this.#watchers.values()) {
      const { refusal } = watcher;
      if (refusal === null) continue;
      if (all) watcher.close();
      else if (isPanelWide(refusal)) watcher.refuted();
    }
  }

  /** Ends every watcher; the store keeps what it has, and nothing that is still on its way changes it. */
  stop(): void {
    for (const watcher of this.#watchers.values()) watcher.stop();
    this.#watchers.clear();
  }

  async #readOnce(id: string): Promise<void> {
    const { store, panel } = this.#deps;
    const server = store.state.servers.get(id);
    if (server === undefined) return;
    const askedAt = this.#deps.clock.now();
    try {
      const facts = await panel.server(server.identifier);
      if (!this.#watchers.has(id) || facts.uuid !== server.uuid) return;
      this.#take(this.#factsChanges(facts, askedAt));
    } catch (error) {
      if (toProblem(error).code === 'not-found') this.seemsGone(id);
      throw error;
    }
  }

  /** Taken from the store: an account that was added again finds its servers there. */
  #knownIds(): string[] {
    const { store, accountId } = this.#deps;
    const servers = [...store.state.servers.values()];
    return servers.filter((server) => server.accountId === accountId).map(({ id }) => id);
  }

  #factsChanges(facts: PanelServer, askedAt: number): Change[] {
    const { store, accountId } = this.#deps;
    const id = serverId(accountId, facts.uuid);
    if (askedAt < (this.#askedAt.get(id) ?? -Infinity)) return [];
    this.#askedAt.set(id, askedAt);
    const known = store.state.servers.get(id);
    const server = withFacts(accountId, facts, known);
    return server === known && this.#watchers.has(server.id) ? [] : [{ kind: 'server-upserted', server }];
  }

  /** New servers get a watcher, known ones learn that the panel describes them differently. */
  #take(changes: readonly Change[]): void {
    const { store, newWatcher, changed } = this.#deps;
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
    this.#deps.left(id);
  }
}

/** Turns changes of the fleet into entries of the log. */
import type { Change, FleetState } from '../../bridge/changes.js';
import type { Account, Server } from '../../bridge/domain.js';
import type { FleetEvent, FleetStore } from '../fleet/store.js';
import type { Clock } from '../base/ports.js';
import type { ToldFact } from '../base/server-fact.js';
import type { EventLog } from './event-log.js';
import type { LimitRules } from './limit-watch.js';
import { NodeOutages } from './node-outages.js';
import { PanelOutages } from './panel-outages.js';
import { ServerEvents } from './server-events.js';
import { ServerPast } from './server-past.js';

export interface EventsDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  /** What is told beside that. */
  readonly facts: { listen(listener: (told: ToldFact) => void): () => void };
  readonly clock: Clock;
  readonly log: EventLog;
  /** Whether the signal that a server was just sent is one of a bulk action. */
  isBulk(serverId: string): boolean;
  /** How long a start may take before it is told of, in minutes; 0 = never. */
  slowStartMinutes(): number;
  limitsOf(server: Server): LimitRules;
}

interface PanelWatch {
  readonly panel: PanelOutages;
  readonly nodes: NodeOutages;
  /** Its list has been read once in this run: what comes or goes after that is news. */
  isListed: boolean;
}

export class Events {
  readonly #deps: EventsDeps;
  readonly #past: ServerPast;
  readonly #servers = new Map<string, ServerEvents>();
  readonly #panels = new Map<string, PanelWatch>();
  #unlisten: readonly (() => void)[] = [];

  constructor(deps: EventsDeps) {
    this.#deps = deps;
    this.#past = new ServerPast(deps.log, (id) => deps.store.state.accounts.get(id));
  }

  start(): void {
    const { store, facts } = this.#deps;
    this.#unlisten = [store.listen((event) => this.#take(event)), facts.listen((told) => this.#told(told))];
  }

  stop(): void {
    for (const end of this.#unlisten) end();
    this.#unlisten = [];
    for (const server of this.#servers.values()) server.stop();
    for (const watch of this.#panels.values()) stopPanel(watch);
    this.#servers.clear();
    this.#panels.clear();
  }

  #take({ previous, next, changes }: FleetEvent): void {
    const touched = new Set<string>();
    for (const change of changes) {
      const serverId = this.#one(change, previous);
      if (serverId !== null) touched.add(serverId);
    }
    for (const id of touched) this.#server(previous.servers.get(id), next.servers.get(id));
    for (const change of changes) if (change.kind === 'account-upserted') this.#accountRead(change.account);
  }

  /** The list comes with the news that it was read, so this is noted after it. */
  #accountRead({ id, state }: Account): void {
    const watch = this.#panels.get(id);
    if (watch !== undefined && state.kind === 'ready') watch.isListed = true;
  }

  /** The server that it is about, where it changes one. */
  #one(change: Change, previous: FleetState): string | null {
    switch (change.kind) {
      case 'account-upserted':
        this.#account(previous.accounts.get(change.account.id), change.account);
        return null;
      case 'account-removed':
        this.#accountRemoved(change.accountId);
        return null;
      case 'server-removed':
        this.#removed(previous.servers.get(change.serverId));
        return null;
      case 'server-upserted':
        return change.server.id;
      case 'server-patched':
      case 'usage':
        return change.serverId;
    }
  }

  #account(before: Account | undefined, account: Account): void {
    const watch = this.#panels.get(account.id) ?? this.#watchPanel(account.id);
    // Another list, by the person's wish.
    if (before?.allServers !== account.allServers) watch.isListed = false;
    if (before?.state === account.state) return;
    watch.panel.changed(account, this.#deps.clock.now());
    watch.nodes.changed();
  }

  #watchPanel(accountId: string): PanelWatch {
    const { clock, log, store } = this.#deps;
    const watch: PanelWatch = {
      panel: new PanelOutages(clock, log),
      nodes: new NodeOutages(accountId, { clock, log, state: () => store.state }),
      isListed: false,
    };
    this.#panels.set(accountId, watch);
    return watch;
  }

  #accountRemoved(accountId: string): void {
    const watch = this.#panels.get(accountId);
    if (watch !== undefined) stopPanel(watch);
    this.#panels.delete(accountId);
    for (const [id, server] of this.#servers) {
      if (!id.startsWith(`${accountId}/`)) continue;
      server.stop();
      this.#servers.delete(id);
    }
    this.#deps.log.forget(accountId);
  }

  #removed(server: Server | undefined): void {
    if (server === undefined) return;
    this.#servers.get(server.id)?.stop();
    this.#servers.delete(server.id);
    const isNews = this.#panels.get(server.accountId)?.isListed === true;
    if (isNews) this.#past.write(server, { kind: 'removed' }, this.#deps.clock.now());
    for (const event of this.#deps.log.lastingOf(server.id)) this.#past.end(event.id, this.#deps.clock.now());
  }

  #server(before: Server | undefined, after: Server | undefined): void {
    if (after === undefined) return;
    const panel = this.#panels.get(after.accountId);
    if (before === undefined) {
      if (panel?.isListed === true) this.#past.write(after, { kind: 'added' }, this.#deps.clock.now());
      return;
    }
    if (after.link !== before.link || after.problem !== before.problem) panel?.nodes.changed();
    this.#watcherOf(after.id).changed(before, after);
  }

  #told({ serverId, fact }: ToldFact): void {
    const server = this.#deps.store.state.servers.get(serverId);
    if (server !== undefined) this.#watcherOf(serverId).told(server, fact);
  }

  #watcherOf(serverId: string): ServerEvents {
    const known = this.#servers.get(serverId);
    if (known !== undefined) return known;
    const made = new ServerEvents({ ...this.#deps, past: this.#past });
    this.#servers.set(serverId, made);
    return made;
  }
}

function stopPanel({ panel, nodes }: PanelWatch): void {
  panel.stop();
  nodes.stop();
}

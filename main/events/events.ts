/** Turns changes of the fleet into events of the log. */
import type { Change, FleetState } from '../../bridge/fleet/changes.js';
import type { Account, Server } from '../../bridge/schema/domain.js';
import { isPanelAway } from '../../bridge/panel/permissions.js';
import type { FleetEvent, FleetStore } from '../fleet/store.js';
import type { Clock } from '../base/ports.js';
import type { ReportedFact } from '../base/server-fact.js';
import type { SentSignals } from '../fleet/process/sent-signals.js';
import type { EventLog } from './event-log.js';
import type { LimitRules } from './limit-watch.js';
import { NodeOutages } from './node-outages.js';
import { PanelOutages } from './panel-outages.js';
import { ScheduleTroubles } from './schedule-troubles.js';
import { ServerEvents, type ServerEventsDeps } from './server-events.js';
import { ServerPast } from './server-past.js';
import { Disposables } from '../base/disposables.js';
import { twinsOf } from '../fleet/twins.js';

export interface EventsDeps extends Pick<ServerEventsDeps, 'activityOf' | 'backups'> {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  /** Facts that change no row of the store, for example a finished backup. */
  readonly facts: { listen(listener: (fact: ReportedFact) => void): () => void };
  readonly clock: Clock;
  readonly log: EventLog;
  /** The user's power signals. */
  readonly sent: SentSignals;
  /** Minutes until a start counts as slow; 0 = never. */
  slowStartMinutes(): number;
  limitsOf(server: Server): LimitRules;
}

interface AccountWatch {
  readonly panelUrl: string;
  readonly panel: PanelOutages;
  /** True once the server list was read in this run. Later additions and removals are then events. */
  isListed: boolean;
}

export class Events {
  readonly #past: ServerPast;
  readonly #ofServers: ServerEventsDeps;
  readonly #schedules: ScheduleTroubles;
  /** By server id. Accounts that see the same server share one watch. */
  readonly #servers = new Map<string, ServerEvents>();
  readonly #accounts = new Map<string, AccountWatch>();
  /** By panel address. */
  readonly #nodes = new Map<string, NodeOutages>();
  readonly #disposables = new Disposables();

  constructor(private readonly deps: EventsDeps) {
    const { store } = deps;
    this.#past = new ServerPast(deps.log, () => store.state);
    this.#schedules = new ScheduleTroubles({ ...deps, past: this.#past });
    this.#ofServers = {
      ...deps,
      past: this.#past,
      isPanelAway: ({ accountId }) => isPanelAway(store.state.accounts.get(accountId)),
    };
  }

  start(): void {
    const { store, facts } = this.deps;
    this.#disposables.add(
      store.listen((event) => this.#take(event)),
      facts.listen((fact) => this.#report(fact)),
    );
  }

  stop(): void {
    this.#disposables.dispose();
    for (const server of this.#servers.values()) server.stop();
    for (const { panel } of this.#accounts.values()) panel.stop();
    for (const nodes of this.#nodes.values()) nodes.stop();
    this.#servers.clear();
    this.#accounts.clear();
    this.#nodes.clear();
  }

  #take({ previous, next, changes }: FleetEvent): void {
    const touched = new Set<string>();
    for (const change of changes) {
      const serverId = this.#one(change, previous);
      if (serverId !== null) touched.add(serverId);
    }
    for (const id of touched) this.#server(previous.servers.get(id), next.servers.get(id));
    for (const change of changes) {
      if (change.kind !== 'account-upserted') continue;
      // A new label or another list setting does not mean that the list was read.
      const isRead = change.account.state !== previous.accounts.get(change.account.id)?.state;
      if (isRead) this.#accountRead(change.account);
    }
  }

  /** Runs last in a batch, because a batch holds the list's servers together with the account's new state. */
  #accountRead({ id, state }: Account): void {
    const watch = this.#accounts.get(id);
    if (watch !== undefined && state.kind === 'ready') watch.isListed = true;
  }

  /** Handles one change. Returns the id of the changed server, or null if none. */
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
    const watch = this.#accounts.get(account.id) ?? this.#watchAccount(account);
    // The user switched between own servers and all servers.
    if (before?.allServers !== account.allServers) watch.isListed = false;
    if (before?.state === account.state) return;
    watch.panel.changed(account, this.deps.clock.now());
    this.#nodes.get(account.panelUrl)?.changed();
  }

  #watchAccount({ id, panelUrl }: Account): AccountWatch {
    const { clock, log, store } = this.deps;
    const state = (): FleetState => store.state;
    const panel = new PanelOutages({ clock, log, state });
    const watch: AccountWatch = { panelUrl, panel, isListed: false };
    this.#accounts.set(id, watch);
    if (!this.#nodes.has(panelUrl))
      this.#nodes.set(panelUrl, new NodeOutages(panelUrl, { clock, log, state }));
    return watch;
  }

  #accountRemoved(accountId: string): void {
    const watch = this.#accounts.get(accountId);
    watch?.panel.stop();
    this.#accounts.delete(accountId);
    for (const id of this.#servers.keys()) if (id.startsWith(`${accountId}/`)) this.#letGo(id);
    if (watch !== undefined && ![...this.#accounts.values()].some((one) => one.panelUrl === watch.panelUrl)) {
      this.#nodes.get(watch.panelUrl)?.stop();
      this.#nodes.delete(watch.panelUrl);
    }
    this.deps.log.forget(accountId);
  }

  #removed(server: Server | undefined): void {
    if (server === undefined) return;
    this.#letGo(server.id);
    const { store, clock } = this.deps;
    // Another account still sees the server.
    if (twinsOf(store.state, server).length > 1) return;
    const isNews = this.#accounts.get(server.accountId)?.isListed === true;
    if (isNews) this.#past.write(server, { kind: 'removed' }, clock.now());
    for (const event of this.#past.allLasting(server.id)) {
      if (event.what.kind !== 'schedule-stuck') this.#past.end(event.id, clock.now());
    }
    this.#schedules.removed(server);
  }

  /** Stops the watch once no account sees the server. */
  #letGo(serverId: string): void {
    const watch = this.#servers.get(serverId);
    this.#servers.delete(serverId);
    if (watch !== undefined && ![...this.#servers.values()].includes(watch)) watch.stop();
  }

  #server(before: Server | undefined, after: Server | undefined): void {
    if (after === undefined) return;
    const account = this.#accounts.get(after.accountId);
    if (before === undefined) {
      const isKnown = twinsOf(this.deps.store.state, after).length > 1;
      if (account?.isListed === true && !isKnown) {
        this.#past.write(after, { kind: 'added' }, this.deps.clock.now());
      }
      return;
    }
    if (account !== undefined && (after.link !== before.link || after.problem !== before.problem)) {
      this.#nodes.get(account.panelUrl)?.changed();
    }
    this.#watcherOf(after).changed(before, after);
  }

  #report({ serverId, fact }: ReportedFact): void {
    const server = this.deps.store.state.servers.get(serverId);
    if (server === undefined) return;
    if (fact.kind === 'schedules') this.#schedules.report(server, fact.troubles);
    else this.#watcherOf(server).report(server, fact);
  }

  #watcherOf(server: Server): ServerEvents {
    const known = this.#servers.get(server.id);
    if (known !== undefined) return known;
    const { store, sent } = this.deps;
    const twins = twinsOf(store.state, server);
    const shared = twins.flatMap(({ id }) => this.#servers.get(id) ?? [])[0];
    const watch = shared ?? new ServerEvents(this.#ofServers, sent.of(server.id));
    this.#servers.set(server.id, watch);
    return watch;
  }
}

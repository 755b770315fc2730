/** The fleet in this window. Applies main's changes with the same pure function as main. */
import {
  applyChanges,
  emptyFleet,
  fromSnapshot,
  type Change,
  type FleetSnapshot,
  type FleetState,
} from '../../../bridge/fleet/changes.js';
import { besideNames, type BesideName } from '../../../bridge/fleet/beside-names.js';
import type { Account, Server } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import { onePerServer } from '../../../bridge/fleet/one-per-server.js';
import { fleetTotals, type FleetTotals } from '../../../bridge/fleet/totals.js';
import type { PerchClient } from '../../api.js';
import { Feed } from '../feeds/feed.svelte.js';
import { orderedServers, type Listing } from './server-order.js';
import { UsageHistory } from '../usage/usage-history.js';

/** An account with its servers in display order. */
export interface AccountGroup {
  readonly account: Account;
  readonly servers: readonly Server[];
}

/** Changes that add, remove or rename servers. A patch changes nothing that lists depend on. */
const listed: ReadonlySet<Change['kind']> = new Set<Change['kind']>([
  'account-upserted',
  'account-removed',
  'server-upserted',
  'server-removed',
]);

export class FleetFeed extends Feed<'fleet'> {
  #state = $state.raw<FleetState>(emptyFleet);
  /** False until the first snapshot; only then do views show skeletons. */
  loaded = $state(false);
  /** Why the feed itself ended; null while it works. */
  problem = $state.raw<Problem | null>(null);
  readonly history = new UsageHistory();

  readonly servers: readonly Server[] = $derived([...this.#state.servers.values()]);
  /** A new array only if an account changed. */
  accounts = $state.raw<readonly Account[]>([]);
  /** Every server by name; a new array only if a listing changed. */
  inOrder = $state.raw<readonly Listing[]>([]);
  /** True if the game of at least one server is known; lists then reserve space for drawings. */
  knowsGames = $state(false);
  /** True once a server had a known number of players; lists then reserve space for the number. */
  countsPlayers = $state(false);
  /** Server id -> text beside an ambiguous name (`besideText`). */
  readonly beside: ReadonlyMap<string, BesideName> = $derived(besideNames(this.inOrder, this.accounts));
  readonly groups: readonly AccountGroup[] = $derived(this.#grouped());

  /** Number of servers, each counted once (`onePerServer`). */
  readonly count: number = $derived(onePerServer(this.inOrder, this.accounts).length);
  readonly totals: FleetTotals = $derived(fleetTotals(this.#state));

  constructor(client: PerchClient) {
    super(client, 'fleet', undefined);
  }

  server(id: string): Server | undefined {
    return this.#state.servers.get(id);
  }

  account(id: string): Account | undefined {
    return this.#state.accounts.get(id);
  }

  /** Subscribes again after the feed has ended with a problem. */
  again(): void {
    this.problem = null;
    this.start();
  }

  protected override onSnapshot(snapshot: FleetSnapshot): void {
    this.#state = fromSnapshot(snapshot);
    this.#list();
    this.#forgetStrangers();
    for (const server of snapshot.servers) {
      this.#remember(server.id, server);
      this.#count(server);
    }
    this.loaded = true;
    this.problem = null;
  }

  protected override onChange(changes: readonly Change[]): void {
    for (const change of changes) this.#note(change);
    this.#state = applyChanges(this.#state, changes);
    if (changes.some(({ kind }) => listed.has(kind))) this.#list();
    if (changes.some(({ kind }) => kind === 'account-removed')) this.#forgetStrangers();
  }

  protected override onFailed(problem: Problem): void {
    this.problem = problem;
  }

  #grouped(): AccountGroup[] {
    const servers = this.inOrder.flatMap(({ id }) => this.#state.servers.get(id) ?? []);
    return this.accounts.map((account) => ({
      account,
      servers: servers.filter(({ accountId }) => accountId === account.id),
    }));
  }

  /**
   * Updates the lists. Keeps an unchanged list without sorting, because panels send their servers every minute, mostly
   * unchanged.
   */
  #list(): void {
    const accounts = [...this.#state.accounts.values()];
    if (!sameItems(accounts, this.accounts)) this.accounts = accounts;
    this.inOrder = orderedServers(this.#state.servers, this.inOrder);
    this.knowsGames = [...this.#state.servers.values()].some(({ game }) => (game ?? null) !== null);
  }

  #note(change: Change): void {
    if (change.kind === 'usage') this.#remember(change.serverId, change);
    else if (change.kind === 'server-patched') this.#count(change.patch);
    else if (change.kind === 'server-upserted') {
      this.#remember(change.server.id, change.server);
      this.#count(change.server);
    }
    if (change.kind === 'server-removed') this.history.forget(change.serverId);
  }

  #count({ players }: { readonly players?: Server['players'] }): void {
    if ((players ?? null) !== null) this.countsPlayers = true;
  }

  #forgetStrangers(): void {
    for (const id of this.history.servers()) if (!this.#state.servers.has(id)) this.history.forget(id);
  }

  #remember(serverId: string, { usage }: Pick<Server, 'usage'>): void {
    if (usage === null) this.history.forget(serverId);
    else this.history.add(serverId, usage);
  }
}

function sameItems<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.length === others.length && some.every((item, at) => item === others[at]);
}

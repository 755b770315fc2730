/** Sections of the tray menu with servers and panels: all of a small fleet, the most relevant ones of a large fleet. Pure. */
import { besideNames } from '../../../bridge/fleet/beside-names.js';
import type { FleetState } from '../../../bridge/fleet/changes.js';
import type { Account, Server } from '../../../bridge/schema/domain.js';
import type { PlayersOnline } from '../../../bridge/schema/players.js';
import type { ServerGroup } from '../../../bridge/schema/setting-parts.js';
import { serverMark } from '../../../bridge/fleet/marks.js';
import { onePerServer } from '../../../bridge/fleet/one-per-server.js';
import { countServers } from '../../../bridge/fleet/totals.js';
import { say, spoken } from '../../../messages/messages.js';
import { menuText } from '../system/plain-text.js';
import { actionEntry, openWindow, viewEntry, type MenuEntry } from './menu-entry.js';
import { byLabel, compareNames, firstByName } from './menu-order.js';
import { glyphs, onlyServer, trayServerEntry, type Asks, type EntryFacts } from './server-entry.js';
import { counted, countOf } from './totals-line.js';

/**
 * Largest fleet that the menu lists completely. A larger fleet would not fit the screen, so the menu then lists the
 * most relevant servers.
 */
export const mostServers = 30;
const mostCrashed = 10;
const mostPinned = 15;
const mostRecent = 5;

export interface SectionPreferences {
  /** Ids of the pinned servers. */
  readonly pins: readonly string[];
  readonly groups: readonly Pick<ServerGroup, 'name' | 'serverIds'>[];
  /** Ids of the servers that the user opened, latest first. */
  readonly recent: readonly string[];
  readonly asks: Asks;
  /** True if the user ignores the server in the tray icon. */
  readonly isLeftOut: (server: Server) => boolean;
  /** Ids of the servers that need attention, as the windows count them. */
  readonly attention: ReadonlySet<string>;
  /** Ids of the servers that a quiet backup has changed and that are not back. */
  readonly changed: ReadonlySet<string>;
  /** Server id -> players online, as `SettledPlayers` lets them change. */
  readonly players: ReadonlyMap<string, PlayersOnline>;
}

export class FleetSections {
  readonly #accounts: readonly Account[];
  readonly #beside: ReturnType<typeof besideNames>;
  /** Ids of the servers listed above the panels, so that no list repeats them. */
  readonly #above = new Set<string>();

  constructor(
    readonly state: FleetState,
    readonly wishes: SectionPreferences,
  ) {
    this.#accounts = [...state.accounts.values()].sort(byLabel);
    this.#beside = besideNames(state.servers.values(), this.#accounts);
  }

  all(): MenuEntry[][] {
    const [only, ...others] = this.state.servers.values();
    if (only !== undefined && others.length === 0) return this.#one(only);
    return this.state.servers.size <= mostServers ? this.#few() : this.#many();
  }

  /** A fleet of one server: its entries without a submenu, below the panels' problems. */
  #one(server: Server): MenuEntry[][] {
    const facts = this.#factsOf(server);
    const problems = this.#accounts.flatMap((account) => this.#problemOf(account));
    return [problems, ...(facts === null ? [] : onlyServer(server, facts))];
  }

  /** A small fleet: all servers, with a submenu for each group, and for each panel if there are several. */
  #few(): MenuEntry[][] {
    const [first, ...others] = this.#accounts;
    const problems = first !== undefined && others.length === 0 ? this.#problemOf(first) : [];
    const crashed = this.#listed(firstByName(this.#crashed(), mostServers));
    const pinned = this.#titled(say('fleet.pinned'), this.wishes.pins, mostServers);
    const groups = this.wishes.groups.flatMap((group) => this.#group(group));
    return [
      [...problems, ...crashed],
      pinned,
      groups,
      others.length === 0
        ? this.#accounts.flatMap((account) => this.#rest(account))
        : this.#accounts.map((account) => this.#panel(account)),
    ];
  }

  /** A large fleet: problems, pinned and recent servers, and an entry that opens the palette. */
  #many(): MenuEntry[][] {
    const { length: count } = onePerServer(this.state.servers.values(), this.state.accounts.values());
    const crashed = this.#crashed();
    const more = crashed.length - mostCrashed;
    return [
      [
        ...this.#accounts.flatMap((account) => this.#problemOf(account)),
        ...this.#listed(firstByName(crashed, mostCrashed)),
        ...(more > 0 ? [viewEntry(say('tray.more-crashed', { count: more }), { kind: 'fleet' })] : []),
        ...this.#attention(crashed),
      ],
      this.#titled(say('fleet.pinned'), this.wishes.pins, mostPinned),
      this.#titled(say('tray.recent'), this.wishes.recent, mostRecent),
      [actionEntry(say('tray.find', { count }), { kind: 'palette' })],
    ];
  }

  /** Crashed servers that count towards the icon. */
  #crashed(): Server[] {
    const { accounts, servers } = this.state;
    const { isLeftOut } = this.wishes;
    return [...servers.values()].filter(
      (server) => serverMark(server, accounts.get(server.accountId)) === 'crashed' && !isLeftOut(server),
    );
  }

  /**
   * An entry that opens the attention list. Empty if that list has no servers beyond those above and the ignored ones.
   */
  #attention(above: readonly Server[]): MenuEntry[] {
    const { attention, isLeftOut } = this.wishes;
    const servers = [...attention].flatMap((id) => this.state.servers.get(id) ?? []);
    const said = new Set(above.map(({ id }) => id));
    if (servers.every((server) => said.has(server.id) || isLeftOut(server))) return [];
    const { length: count } = onePerServer(servers, this.state.accounts.values());
    const label = say('tray.attention', { count });
    return [viewEntry(label, { kind: 'fleet', list: 'attention' })];
  }

  /** The first servers of a list that exist and are not listed yet, below a title. */
  #titled(label: string, ids: readonly string[], most: number): MenuEntry[] {
    const servers = ids.flatMap((id) => (this.#above.has(id) ? [] : (this.state.servers.get(id) ?? [])));
    const entries = this.#listed(servers.slice(0, most));
    return entries.length === 0 ? [] : [{ kind: 'text', label }, ...entries];
  }

  #listed(servers: readonly Server[]): MenuEntry[] {
    for (const { id } of servers) this.#above.add(id);
    return servers.flatMap((server) => this.#entry(server));
  }

  #group({ name, serverIds }: SectionPreferences['groups'][number]): MenuEntry[] {
    const servers = serverIds.flatMap((id) => this.state.servers.get(id) ?? []);
    if (servers.length === 0) return [];
    const of = { kind: 'group', name } as const;
    return [{ kind: 'submenu', label: this.#counted(name, servers), of, entries: this.#listed(servers) }];
  }

  #panel(account: Account): MenuEntry {
    const servers = this.#serversOf(account);
    const sign = account.state.kind === 'failed' ? `${glyphs.unknown} ` : '';
    return {
      kind: 'submenu',
      label: `${sign}${this.#counted(account.label, servers)}`,
      of: { kind: 'panel', id: account.id },
      entries: [
        ...this.#problemOf(account, true),
        ...this.#none(account, servers),
        ...servers.toSorted(compareNames).flatMap((server) => this.#entry(server, true)),
      ],
    };
  }

  /** Entries of the remaining servers of the only panel: those that no section above shows. */
  #rest(account: Account): MenuEntry[] {
    const servers = this.#serversOf(account);
    const left = servers.filter(({ id }) => !this.#above.has(id)).sort(compareNames);
    return [...this.#none(account, servers), ...left.flatMap((server) => this.#entry(server))];
  }

  #none(account: Account, servers: readonly Server[]): MenuEntry[] {
    if (servers.length > 0 || account.state.kind !== 'ready') return [];
    return [{ kind: 'text', label: say('tray.no-servers-of-account') }];
  }

  #serversOf({ id }: Account): Server[] {
    return [...this.state.servers.values()].filter(({ accountId }) => accountId === id);
  }

  /** A title with counts, such as `Harbor: 12 running, 1 crashed`. */
  #counted(title: string, servers: readonly Server[]): string {
    const counts = countServers(servers, this.state.accounts);
    const parts = counted.filter((state) => counts[state] > 0).map((state) => countOf(state, counts[state]));
    const name = menuText(title);
    return parts.length === 0 ? name : say('tray.counts', { name, counts: parts.join(', ') });
  }

  #entry(server: Server, isBelowPanel = false): MenuEntry[] {
    const facts = this.#factsOf(server, isBelowPanel);
    return facts === null ? [] : [trayServerEntry(server, facts)];
  }

  /** null if the account is gone. */
  #factsOf(server: Server, isBelowPanel = false): EntryFacts | null {
    const account = this.state.accounts.get(server.accountId);
    if (account === undefined) return null;
    const { asks, isLeftOut, changed, players } = this.wishes;
    const beside = this.#beside.get(server.id);
    return {
      account,
      beside,
      isBelowPanel,
      asks,
      isLeftOut: isLeftOut(server),
      isChanged: changed.has(server.id),
      players: players.get(server.id) ?? null,
    };
  }

  /** Problem of a panel, as an entry. A press opens the window, which says what to do. */
  #problemOf({ label, state }: Account, isBelowPanel = this.#accounts.length === 1): MenuEntry[] {
    if (state.kind !== 'failed') return [];
    const message = menuText(spoken(state.problem.message), 100);
    const name = isBelowPanel ? '' : `${glyphs.unknown} ${menuText(label, 40)} — `;
    return [actionEntry(`${name}${message}`, openWindow)];
  }
}

/** What the tray's menu says, as plain data: a pure selector over the fleet. No figures that change by the second. */
import { besideNames } from '../../../bridge/fleet/beside-names.js';
import type { FleetState } from '../../../bridge/fleet/changes.js';
import type { Account, Server } from '../../../bridge/schema/domain.js';
import type { ServerGroup } from '../../../bridge/schema/settings.js';
import { serverMark } from '../../../bridge/fleet/marks.js';
import { onceEach } from '../../../bridge/fleet/once-each.js';
import { countServers, fleetTotals, type FleetTotals } from '../../../bridge/fleet/totals.js';
import { locale, say, spoken } from '../../../messages/messages.js';
import { menuText } from '../system/plain-text.js';
import { parted, viewEntry, type MenuAction, type MenuEntry, type MenuModel } from './menu-entry.js';
import { byLabel, byName, firstByName } from './menu-order.js';
import { glyphs, onlyServer, serverEntry, type Asks, type EntryFacts } from './server-entry.js';

/** A menu that is longer than the screen is of no use: of more servers it holds those that a person looks for. */
export const mostServers = 30;
const mostCrashed = 10;
const mostPinned = 15;
const mostRecent = 5;

/** The totals, in the words of the popover's head. */
const counted = ['running', 'crashed', 'busy', 'offline', 'unreachable', 'unknown', 'unread'] as const;

const openWindow: MenuAction = { kind: 'open' };

export interface MenuPreferences {
  /** The ids of the servers that a person wants to see first. */
  readonly pins: readonly string[];
  readonly groups: readonly Pick<ServerGroup, 'name' | 'serverIds'>[];
  /** The ids of those that the person has opened, the latest first. */
  readonly recent: readonly string[];
  readonly asks: Asks;
  /** Whether the icon knows nothing of it. */
  readonly isLeftOut: (server: Server) => boolean;
  /** How many things have happened that the person may want to know and has not looked at. */
  readonly unseen: number;
  /** The ids of the servers that need attention, as the windows count them. */
  readonly attention: ReadonlySet<string>;
  /** The version of Perch that is installed when it quits. */
  readonly update: string | null;
  /** An entry for them, which a package never has. */
  readonly developerTools: boolean;
}

export function menuModel(state: FleetState, wishes: MenuPreferences): MenuModel {
  const { unseen, update, developerTools } = wishes;
  const title: MenuEntry = { kind: 'text', label: totalsLine(state) };
  const news = viewEntry(say('events.unseen', { count: unseen }), { kind: 'events', only: 'news' });
  return parted([
    unseen > 0 ? [title, news] : [title],
    ...(state.accounts.size === 0
      ? [[viewEntry(say('tray.connect'), { kind: 'onboarding' })]]
      : new FleetSections(state, wishes).all()),
    [
      { kind: 'action', label: say('tray.open'), action: openWindow },
      viewEntry(say('tray.settings'), { kind: 'settings' }),
      ...(developerTools ? [developerToolsEntry()] : []),
      ...(update === null ? [] : [restartEntry(update)]),
      { kind: 'action', label: say('tray.quit'), action: { kind: 'quit' } },
    ],
  ]);
}

function developerToolsEntry(): MenuEntry {
  return { kind: 'action', label: say('tray.developer-tools'), action: { kind: 'developer-tools' } };
}

function restartEntry(version: string): MenuEntry {
  const label = menuText(say('updates.tray-restart', { version }));
  return { kind: 'action', label, action: { kind: 'restart' } };
}

/** `12 running · 1 crashed · 3 offline`; of a server that `isCounted` says no to, nothing. */
export function totalsLine(state: FleetState, isCounted?: (server: Server) => boolean): string {
  if (state.accounts.size === 0) return say('tray.no-panel');
  const { counts, servers } = fleetTotals(state, isCounted);
  if (servers > 0) {
    const parts = counted.filter((each) => counts[each] > 0 || each === 'running');
    return parts.map((each) => countOf(each, counts[each])).join(' · ');
  }
  const loading = [...state.accounts.values()].some((account) => account.state.kind === 'loading');
  return say(loading ? 'tray.asking' : 'tray.no-servers');
}

function countOf(state: (typeof counted)[number], count: number): string {
  return say(`fleet.count-${state}`, { count, figure: count.toLocaleString(locale()) });
}

/** The servers and panels of the menu, in sections. */
class FleetSections {
  readonly #accounts: readonly Account[];
  readonly #beside: ReturnType<typeof besideNames>;
  /** Those that stand above the panels, which are not said twice in one list. */
  readonly #above = new Set<string>();

  constructor(
    readonly state: FleetState,
    readonly wishes: MenuPreferences,
  ) {
    this.#accounts = [...state.accounts.values()].sort(byLabel);
    this.#beside = besideNames(state.servers.values(), this.#accounts);
  }

  all(): MenuEntry[][] {
    const [only, ...others] = this.state.servers.values();
    if (only !== undefined && others.length === 0) return this.#one(only);
    return this.state.servers.size <= mostServers ? this.#few() : this.#many();
  }

  /** No submenu lies between a person and their only server; the problems of panels stand above it. */
  #one(server: Server): MenuEntry[][] {
    const facts = this.#factsOf(server);
    const problems = this.#accounts.flatMap((account) => this.#problemOf(account));
    return [problems, ...(facts === null ? [] : onlyServer(server, facts))];
  }

  /** Everything, with a submenu for each group, and for each panel where there are several. */
  #few(): MenuEntry[][] {
    const [first, ...others] = this.#accounts;
    const problems = first !== undefined && others.length === 0 ? this.#problemOf(first) : [];
    const crashed = this.#listed(firstByName(this.#crashed(), mostServers));
    const pinned = this.#pinned(mostServers);
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

  /** What asks for a person, what the person has chosen, and a way to the rest. */
  #many(): MenuEntry[][] {
    const { length: count } = onceEach(this.state.servers.values(), this.state.accounts.values());
    const crashed = this.#crashed();
    const more = crashed.length - mostCrashed;
    return [
      [
        ...this.#accounts.flatMap((account) => this.#problemOf(account)),
        ...this.#listed(firstByName(crashed, mostCrashed)),
        ...(more > 0 ? [viewEntry(say('tray.more-crashed', { count: more }), { kind: 'fleet' })] : []),
        ...this.#attention(crashed),
      ],
      this.#pinned(mostPinned),
      this.#recent(),
      [{ kind: 'action', label: say('tray.find', { count }), action: { kind: 'palette' } }],
    ];
  }

  /** What colours the icon; of what is left out of that, nothing. */
  #crashed(): Server[] {
    const { accounts, servers } = this.state;
    const { isLeftOut } = this.wishes;
    return [...servers.values()].filter(
      (server) => serverMark(server, accounts.get(server.accountId)) === 'crashed' && !isLeftOut(server),
    );
  }

  /** A way to the list of the window, where that holds more than what is said above already, or left out. */
  #attention(above: readonly Server[]): MenuEntry[] {
    const { attention, isLeftOut } = this.wishes;
    const servers = [...attention].flatMap((id) => this.state.servers.get(id) ?? []);
    const said = new Set(above.map(({ id }) => id));
    if (servers.every((server) => said.has(server.id) || isLeftOut(server))) return [];
    const { length: count } = onceEach(servers, this.state.accounts.values());
    const label = say('tray.attention', { count });
    return [viewEntry(label, { kind: 'fleet', list: 'attention' })];
  }

  #pinned(most: number): MenuEntry[] {
    const entries = this.#listed(this.#known(this.wishes.pins).slice(0, most));
    return entries.length === 0 ? [] : [{ kind: 'text', label: say('fleet.pinned') }, ...entries];
  }

  #recent(): MenuEntry[] {
    const entries = this.#listed(this.#known(this.wishes.recent).slice(0, mostRecent));
    return entries.length === 0 ? [] : [{ kind: 'text', label: say('tray.recent') }, ...entries];
  }

  /** Those of these servers that are there, and not above yet. */
  #known(ids: readonly string[]): Server[] {
    return ids.flatMap((id) => (this.#above.has(id) ? [] : (this.state.servers.get(id) ?? [])));
  }

  #listed(servers: readonly Server[]): MenuEntry[] {
    for (const { id } of servers) this.#above.add(id);
    return servers.flatMap((server) => this.#entry(server));
  }

  #group({ name, serverIds }: MenuPreferences['groups'][number]): MenuEntry[] {
    const servers = serverIds.flatMap((id) => this.state.servers.get(id) ?? []);
    if (servers.length === 0) return [];
    for (const { id } of servers) this.#above.add(id);
    const entries = servers.flatMap((server) => this.#entry(server));
    const of = { kind: 'group', name } as const;
    return [{ kind: 'submenu', label: this.#counted(name, servers), of, entries }];
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
        ...servers.toSorted(byName).flatMap((server) => this.#entry(server, true)),
      ],
    };
  }

  /** What is left of the only panel. */
  #rest(account: Account): MenuEntry[] {
    const servers = this.#serversOf(account);
    const left = servers.filter(({ id }) => !this.#above.has(id)).sort(byName);
    return [...this.#none(account, servers), ...left.flatMap((server) => this.#entry(server))];
  }

  #none(account: Account, servers: readonly Server[]): MenuEntry[] {
    if (servers.length > 0 || account.state.kind !== 'ready') return [];
    return [{ kind: 'text', label: say('tray.no-servers-of-account') }];
  }

  #serversOf({ id }: Account): Server[] {
    return [...this.state.servers.values()].filter(({ accountId }) => accountId === id);
  }

  /** `Harbor: 12 running, 1 crashed`, of what there is. */
  #counted(title: string, servers: readonly Server[]): string {
    const counts = this.#countsOf(servers);
    const parts = counted.filter((state) => counts[state] > 0).map((state) => countOf(state, counts[state]));
    const name = menuText(title);
    return parts.length === 0 ? name : say('tray.counts', { name, counts: parts.join(', ') });
  }

  #countsOf(servers: readonly Server[]): FleetTotals['counts'] {
    return countServers(servers, this.state.accounts);
  }

  #entry(server: Server, isBelowPanel = false): MenuEntry[] {
    const facts = this.#factsOf(server, isBelowPanel);
    return facts === null ? [] : [serverEntry(server, facts)];
  }

  /** Null of a panel that is gone. */
  #factsOf(server: Server, isBelowPanel = false): EntryFacts | null {
    const account = this.state.accounts.get(server.accountId);
    if (account === undefined) return null;
    const { asks, isLeftOut } = this.wishes;
    const beside = this.#beside.get(server.id);
    return { account, beside, isBelowPanel, asks, isLeftOut: isLeftOut(server) };
  }

  /** The sentence that says what is wrong with a panel; a press opens the window, which says what to do. */
  #problemOf({ label, state }: Account, isBelowPanel = this.#accounts.length === 1): MenuEntry[] {
    if (state.kind !== 'failed') return [];
    const message = menuText(spoken(state.problem.message), 100);
    const name = isBelowPanel ? '' : `${menuText(label, 40)} — `;
    return [
      {
        kind: 'action',
        label: `${isBelowPanel ? '' : `${glyphs.unknown} `}${name}${message}`,
        action: openWindow,
      },
    ];
  }
}

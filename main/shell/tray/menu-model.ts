/** What the tray's menu says, as plain data: a pure selector over the fleet. No figures that change by themselves. */
import type { FleetState } from '../../../bridge/changes.js';
import type { View } from '../../../bridge/contract.js';
import type { Account, PowerSignal, Server } from '../../../bridge/domain.js';
import { serverMark, serverWord, type ServerMark } from '../../../bridge/marks.js';
import { powerBlock } from '../../../bridge/permissions.js';
import { fleetTotals } from '../../../bridge/totals.js';
import { locale, say, spoken } from '../../../words/words.js';
import type { AlertAction } from '../notifications.js';
import { menuText } from '../plain-text.js';

/** What a pressed entry asks for. */
export type MenuAction =
  | { kind: 'power'; serverId: string; signal: PowerSignal }
  | { kind: 'open-panel'; accountId: string; serverId: string }
  /** A button of a notification, or an entry about them. */
  | { kind: 'alert'; serverId: string; action: AlertAction }
  | { kind: 'view'; view: View }
  /** The main window as it is, or the view that fits. */
  | { kind: 'open' }
  | { kind: 'developer-tools' }
  /** Installs the version that is ready. */
  | { kind: 'restart' }
  | { kind: 'quit' };

export type MenuEntry =
  | { kind: 'separator' }
  /** Can't be pressed: a heading, or an action with the reason why not. */
  | { kind: 'text'; label: string }
  | { kind: 'action'; label: string; action: MenuAction }
  | { kind: 'submenu'; label: string; entries: readonly MenuEntry[] };

export type MenuModel = readonly MenuEntry[];

/** A menu that is longer than the screen is of no use; the rest is in the window. */
export const mostServers = 25;

/** The shapes of LOOK, "State first". */
const glyphs: Record<ServerMark, string> = {
  running: '●',
  busy: '◐',
  offline: '○',
  crashed: '▲',
  installing: '↓',
  suspended: '▬',
  unknown: '◌',
};

/** The first to be shown where not all fit; what the person has pinned comes after the crashed ones. */
const urgentFirst: readonly ServerMark[] = [
  'crashed',
  'running',
  'busy',
  'unknown',
  'offline',
  'installing',
  'suspended',
];

/** The totals, in the words of the popover's head. */
const counted = ['running', 'crashed', 'busy', 'offline', 'unknown'] as const;

const signals: readonly PowerSignal[] = ['start', 'stop', 'restart', 'kill'];

const openWindow: MenuAction = { kind: 'open' };
const separator: MenuEntry = { kind: 'separator' };

export interface MenuWishes {
  /** The ids of the servers that a person wants to see first. */
  readonly pins: readonly string[];
  /** How many things have happened that the person may want to know and has not looked at. */
  readonly unseen: number;
  /** The version of Perch that is installed when it quits. */
  readonly update: string | null;
  /** An entry for them, which a package never has. */
  readonly developerTools: boolean;
}

const noWishes: MenuWishes = { pins: [], unseen: 0, update: null, developerTools: false };

export function menuModel(state: FleetState, { pins, unseen, update, developerTools } = noWishes): MenuModel {
  const pinned = new Set(pins);
  const accounts = [...state.accounts.values()].sort(byLabel);
  return [
    { kind: 'text', label: totalsLine(state) },
    ...(unseen > 0 ? [view(say('events.unseen', { count: unseen }), { kind: 'events', only: 'news' })] : []),
    separator,
    ...(accounts.length === 0
      ? [view(say('tray.connect'), { kind: 'onboarding' })]
      : accounts.length === 1
        ? lone(state, accounts, pinned)
        : several(state, accounts, pinned)),
    separator,
    { kind: 'action', label: say('tray.open'), action: openWindow },
    view(say('tray.settings'), { kind: 'settings' }),
    ...(developerTools ? [developerToolsEntry()] : []),
    ...(update === null ? [] : [restartEntry(update)]),
    { kind: 'action', label: say('tray.quit'), action: { kind: 'quit' } },
  ];
}

function view(label: string, to: View): MenuEntry {
  return { kind: 'action', label, action: { kind: 'view', view: to } };
}

function developerToolsEntry(): MenuEntry {
  return { kind: 'action', label: say('tray.developer-tools'), action: { kind: 'developer-tools' } };
}

function restartEntry(version: string): MenuEntry {
  const label = menuText(say('updates.tray-restart', { version }));
  return { kind: 'action', label, action: { kind: 'restart' } };
}

/** `12 running · 1 crashed · 3 offline`. */
export function totalsLine(state: FleetState): string {
  if (state.accounts.size === 0) return say('tray.no-panel');
  const { counts, servers } = fleetTotals(state);
  if (servers > 0) {
    const parts = counted.filter((mark) => counts[mark] > 0 || mark === 'running');
    return parts.map((mark) => countOf(mark, counts[mark])).join(' · ');
  }
  const loading = [...state.accounts.values()].some((account) => account.state.kind === 'loading');
  return say(loading ? 'tray.asking' : 'tray.no-servers');
}

function countOf(mark: (typeof counted)[number], count: number): string {
  return say(`fleet.count-${mark}`, { count, figure: count.toLocaleString(locale()) });
}

function lone(state: FleetState, accounts: readonly Account[], pinned: Pinned): MenuEntry[] {
  return accounts.flatMap((account) => [...problemOf(account), ...serversOf(state, account, pinned)]);
}

function several(state: FleetState, accounts: readonly Account[], pinned: Pinned): MenuEntry[] {
  return accounts.map((account) => {
    const entries = [...problemOf(account), ...serversOf(state, account, pinned)];
    const sign = account.state.kind === 'failed' ? '◌ ' : '';
    return { kind: 'submenu', label: `${sign}${menuText(account.label)}`, entries };
  });
}

/** The sentence that says what is wrong with a panel; a press opens the window, which says what to do. */
function problemOf(account: Account): MenuEntry[] {
  if (account.state.kind !== 'failed') return [];
  const label = menuText(spoken(account.state.problem.message), 100);
  return [{ kind: 'action', label, action: openWindow }];
}

type Pinned = ReadonlySet<string>;

function serversOf(state: FleetState, account: Account, pinned: Pinned): MenuEntry[] {
  const servers = [...state.servers.values()].filter(({ accountId }) => accountId === account.id);
  if (servers.length === 0 && account.state.kind === 'ready') {
    return [{ kind: 'text', label: say('tray.no-servers-of-account') }];
  }
  const shown = servers.length <= mostServers ? servers : mostUrgent(servers, account, pinned);
  const entries = shown.toSorted(byName).map((server) => serverEntry(server, account));
  return shown.length === servers.length ? entries : [...entries, all(servers.length)];
}

function all(count: number): MenuEntry {
  return view(say('tray.all', { count }), { kind: 'fleet' });
}

/** As many as a menu holds. Of a fleet of thousands only those that are alike in urgency are compared by name. */
function mostUrgent(servers: readonly Server[], account: Account, pinned: Pinned): Server[] {
  const classes: Server[][] = [[], [], ...urgentFirst.slice(1).map(() => [])];
  for (const server of servers) {
    const rank = urgentFirst.indexOf(serverMark(server, account));
    const place = rank === 0 ? 0 : pinned.has(server.id) ? 1 : rank + 1;
    classes[place]?.push(server);
  }
  const chosen: Server[] = [];
  for (const alike of classes) {
    const room = mostServers - chosen.length;
    chosen.push(...(alike.length <= room ? alike : firstByName(alike, room)));
  }
  return chosen;
}

/** The first `count` of a sorted list without sorting it: the menu is worked out anew with every change of a server. */
function firstByName(servers: readonly Server[], count: number): Server[] {
  const first: Server[] = [];
  for (const server of servers) {
    const last = first[count - 1];
    if (count === 0 || (last !== undefined && byName(server, last) > 0)) continue;
    const at = first.findIndex((other) => byName(server, other) < 0);
    first.splice(at === -1 ? first.length : at, 0, server);
    first.length = Math.min(first.length, count);
  }
  return first;
}

function serverEntry(server: Server, account: Account): MenuEntry {
  const glyph = glyphs[serverMark(server, account)];
  return {
    kind: 'submenu',
    label: `${glyph} ${nameOf(server)} — ${serverWord(server, account)}`,
    entries: [
      ...signals.map((signal) => powerEntry(server, signal)),
      separator,
      view(say('tray.console'), { kind: 'server', serverId: server.id }),
      {
        kind: 'action',
        label: say('tray.panel'),
        action: { kind: 'open-panel', accountId: account.id, serverId: server.id },
      },
      separator,
      {
        kind: 'action',
        label: say('tray.snooze'),
        action: { kind: 'alert', serverId: server.id, action: 'snooze' },
      },
    ],
  };
}

function powerEntry(server: Server, signal: PowerSignal): MenuEntry {
  const label = say(`signals.${signal}`);
  const block = powerBlock(signal, server);
  if (block === null)
    return { kind: 'action', label, action: { kind: 'power', serverId: server.id, signal } };
  return { kind: 'text', label: `${label} — ${menuText(spoken(block).replace(/\.$/, ''), 100)}` };
}

/** A name may consist of nothing that can be shown. */
function nameOf(server: Server): string {
  return menuText(server.name) || menuText(server.identifier) || say('tray.server');
}

function byName(a: Server, b: Server): number {
  return compare(a.name, b.name) || compare(a.id, b.id);
}

function byLabel(a: Account, b: Account): number {
  return compare(a.label, b.label) || compare(a.id, b.id);
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compare(a: string, b: string): number {
  return collator.compare(a, b);
}

/** What the tray's menu says, as plain data: a pure selector over the fleet. No figures that change by themselves. */
import type { FleetState } from '../../../bridge/changes.js';
import type { View } from '../../../bridge/contract.js';
import type { Account, PowerSignal, Server } from '../../../bridge/domain.js';
import { serverMark, serverWord, type ServerMark } from '../../../bridge/marks.js';
import { powerBlock } from '../../../bridge/permissions.js';
import { fleetTotals } from '../../../bridge/totals.js';
import { menuText } from '../plain-text.js';

/** What a pressed entry asks for. */
export type MenuAction =
  | { kind: 'power'; serverId: string; signal: PowerSignal }
  | { kind: 'open-panel'; accountId: string; serverId: string }
  | { kind: 'view'; view: View }
  /** The main window as it is, or the view that fits. */
  | { kind: 'open' }
  | { kind: 'quit' };

export type MenuEntry =
  | { kind: 'separator' }
  /** Can't be pressed: a heading, or an action with the reason why not. */
  | { kind: 'text'; label: string }
  | { kind: 'action'; label: string; action: MenuAction }
  | { kind: 'submenu'; label: string; entries: readonly MenuEntry[] };

export type MenuModel = readonly MenuEntry[];

/** A menu that is longer than a screen helps nobody; the rest is in the window. */
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

/** The first to be shown where not all fit. */
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
const counted: readonly (readonly [ServerMark, string])[] = [
  ['running', 'running'],
  ['crashed', 'crashed'],
  ['busy', 'busy'],
  ['offline', 'offline'],
  ['unknown', 'unknown'],
];

const signals: readonly { signal: PowerSignal; label: string }[] = [
  { signal: 'start', label: 'Start' },
  { signal: 'stop', label: 'Stop' },
  { signal: 'restart', label: 'Restart' },
  { signal: 'kill', label: 'Kill' },
];

const openWindow = { kind: 'action', label: 'Open Perch', action: { kind: 'open' } } as const;
const more: MenuEntry = {
  kind: 'action',
  label: 'More in Perch…',
  action: { kind: 'view', view: { kind: 'fleet' } },
};
const separator: MenuEntry = { kind: 'separator' };

export function menuModel(state: FleetState): MenuModel {
  const accounts = [...state.accounts.values()].sort(byLabel);
  return [
    { kind: 'text', label: totalsLine(state) },
    separator,
    ...(accounts.length === 0
      ? [connect]
      : accounts.length === 1
        ? lone(state, accounts)
        : several(state, accounts)),
    separator,
    openWindow,
    { kind: 'action', label: 'Settings', action: { kind: 'view', view: { kind: 'settings' } } },
    { kind: 'action', label: 'Quit Perch', action: { kind: 'quit' } },
  ];
}

const connect: MenuEntry = {
  kind: 'action',
  label: 'Connect a panel…',
  action: { kind: 'view', view: { kind: 'onboarding' } },
};

/** `12 running · 1 crashed · 3 offline`. */
export function totalsLine(state: FleetState): string {
  if (state.accounts.size === 0) return 'No panel connected';
  const { counts, servers } = fleetTotals(state);
  if (servers > 0) {
    const parts = counted.filter(([mark]) => counts[mark] > 0 || mark === 'running');
    return parts.map(([mark, word]) => `${counts[mark]} ${word}`).join(' · ');
  }
  const loading = [...state.accounts.values()].some((account) => account.state.kind === 'loading');
  return loading ? 'Asking the panel…' : 'No servers';
}

function lone(state: FleetState, accounts: readonly Account[]): MenuEntry[] {
  return accounts.flatMap((account) => [...problemOf(account), ...serversOf(state, account)]);
}

function several(state: FleetState, accounts: readonly Account[]): MenuEntry[] {
  return accounts.map((account) => {
    const entries = [...problemOf(account), ...serversOf(state, account)];
    const sign = account.state.kind === 'failed' ? '◌ ' : '';
    return { kind: 'submenu', label: `${sign}${menuText(account.label)}`, entries };
  });
}

/** The sentence that says what is wrong with a panel; a press opens the window, which says what to do. */
function problemOf(account: Account): MenuEntry[] {
  if (account.state.kind !== 'failed') return [];
  return [{ ...openWindow, label: menuText(account.state.problem.message, 100) }];
}

function serversOf(state: FleetState, account: Account): MenuEntry[] {
  const servers = [...state.servers.values()]
    .filter(({ accountId }) => accountId === account.id)
    .sort(byName);
  if (servers.length === 0 && account.state.kind === 'ready') {
    return [{ kind: 'text', label: 'This account has no servers' }];
  }
  if (servers.length <= mostServers) return servers.map((server) => serverEntry(server, account));
  const urgent = servers
    .map((server) => ({ server, rank: urgentFirst.indexOf(serverMark(server, account)) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, mostServers)
    .map(({ server }) => server)
    .sort(byName);
  return [...urgent.map((server) => serverEntry(server, account)), more];
}

function serverEntry(server: Server, account: Account): MenuEntry {
  const glyph = glyphs[serverMark(server, account)];
  return {
    kind: 'submenu',
    label: `${glyph} ${nameOf(server)} — ${serverWord(server, account)}`,
    entries: [
      ...signals.map((power) => powerEntry(server, power)),
      separator,
      {
        kind: 'action',
        label: 'Open console',
        action: { kind: 'view', view: { kind: 'server', serverId: server.id } },
      },
      {
        kind: 'action',
        label: 'Open panel in browser',
        action: { kind: 'open-panel', accountId: account.id, serverId: server.id },
      },
    ],
  };
}

function powerEntry(server: Server, { signal, label }: { signal: PowerSignal; label: string }): MenuEntry {
  const block = powerBlock(signal, server);
  if (block === null)
    return { kind: 'action', label, action: { kind: 'power', serverId: server.id, signal } };
  return { kind: 'text', label: `${label} — ${menuText(block.replace(/\.$/, ''), 100)}` };
}

/** A name may consist of nothing that can be shown. */
function nameOf(server: Server): string {
  return menuText(server.name) || menuText(server.identifier) || 'Server';
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

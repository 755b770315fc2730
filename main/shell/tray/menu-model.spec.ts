import { describe, expect, it } from 'vitest';
import { applyChanges, emptyFleet, type FleetState } from '../../../bridge/fleet/changes.js';
import type { Account, Server } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import { sentence, speak, verbatim } from '../../../messages/messages.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import type { MenuEntry, MenuModel } from './menu-entry.js';
import { mostServers } from './fleet-sections.js';
import { menuModel as menuWith, type MenuPreferences } from './menu-model.js';
import { totalsLine } from './totals-line.js';

const nothing = { pins: [], groups: [], recent: [], update: null, unseen: 0, developerTools: false };
const none: MenuPreferences = {
  ...nothing,
  asks: { confirmStop: false, confirmRestart: false },
  isLeftOut: () => false,
  attention: new Set(),
  changed: new Set(),
  players: new Map(),
};

const menuModel = (state: FleetState, wishes: Partial<MenuPreferences> = {}): MenuModel =>
  menuWith(state, { ...none, ...wishes });

function fleet(accounts: Partial<Account>[], servers: Partial<Server>[]): FleetState {
  return applyChanges(emptyFleet, [
    ...accounts.map((fields) => ({ kind: 'account-upserted' as const, account: anAccount(fields) })),
    ...servers.map((fields) => ({ kind: 'server-upserted' as const, server: aServer(fields) })),
  ]);
}

function outline(entries: MenuModel, indent = ''): string[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'separator') return [`${indent}---`];
    if (entry.kind === 'submenu')
      return [`${indent}${entry.label}`, ...outline(entry.entries, `${indent}  `)];
    return [`${indent}${entry.kind === 'text' ? `(${entry.label})` : entry.label}`];
  });
}

function submenu(model: MenuModel, start: string): MenuModel {
  const entry = model.find((candidate) => candidate.kind === 'submenu' && candidate.label.startsWith(start));
  if (entry?.kind !== 'submenu') throw new Error(`no submenu ${start} in ${outline(model).join('\n')}`);
  return entry.entries;
}

function labels(entries: readonly MenuEntry[]): string[] {
  return entries.flatMap((entry) => (entry.kind === 'separator' ? [] : [entry.label]));
}

/** All labels except for those in single servers' submenus. */
function lines(entries: MenuModel, indent = ''): string[] {
  return entries.flatMap((entry): string[] => {
    if (entry.kind === 'separator') return [`${indent}---`];
    const isServer = entry.label.includes(' — ');
    if (entry.kind === 'submenu' && !isServer)
      return [`${indent}${entry.label}`, ...lines(entry.entries, `${indent}  `)];
    return [`${indent}${entry.kind === 'text' ? `(${entry.label})` : entry.label}`];
  });
}

describe('menuModel', () => {
  it('lists the servers of the only account, each with its possible actions', () => {
    const archive = { id: 'home/2', name: 'Archive', condition: 'suspended' } as const;
    const model = menuModel(fleet([{}], [{ id: 'home/1', name: 'Survival', power: 'running' }, archive]));
    expect(outline(model).slice(6)).toEqual([
      '  Open panel in browser',
      '  ---',
      '  No notifications for 1 hour',
      '● Survival — running',
      '  Stop',
      '  Restart',
      '  Kill…',
      '  ---',
      '  Open console',
      '  Open panel in browser',
      '  Back up now',
      '  ---',
      '  No notifications for 1 hour',
      '---',
      'Open Perch',
      'Settings',
      'Quit Perch',
    ]);
    const actions = submenu(model, '● Survival').flatMap((entry) =>
      entry.kind === 'action' ? [entry.action] : [],
    );
    expect(actions).toContainEqual({ kind: 'power', serverId: 'home/1', signal: 'stop' });
    expect(actions).toContainEqual({ kind: 'view', view: { kind: 'server', serverId: 'home/1' } });
    expect(actions).toContainEqual({ kind: 'open-panel', accountId: 'home', serverId: 'home/1' });
  });

  it('leads to new events, if any', () => {
    const [, second] = menuModel(fleet([{}], []), { unseen: 2 });
    expect(second).toEqual({
      kind: 'action',
      label: '2 new events',
      action: { kind: 'view', view: { kind: 'events', only: 'news' } },
    });
  });

  const crash = { power: 'offline', crashedAt: 1 } as const;
  const harbor = { id: 'a', label: 'Harbor & Co' };
  const quay = { panelUrl: 'https://quay.example.com', id: 'b', label: 'Quay' };
  const several = fleet(
    [quay, harbor],
    [
      { id: 'a/1', accountId: 'a', name: 'Survival', power: 'running' },
      { id: 'a/2', accountId: 'a', name: 'Lobby', power: 'running' },
      { id: 'a/3', accountId: 'a', name: 'Arena', power: 'offline', crashedAt: 1 },
      { id: 'b/1', accountId: 'b', name: 'Survival', power: 'offline' },
      { id: 'b/2', accountId: 'b', name: 'Vault', condition: 'suspended' },
    ],
  );
  const groups = [
    { name: 'Event & more', serverIds: ['b/1', 'a/1', 'gone/1'] },
    { name: 'Empty', serverIds: ['gone/2'] },
  ];

  it('lists crashed servers first, then pins, groups and panels', () => {
    expect(lines(menuModel(several, { pins: ['b/1', 'a/3'], groups }))).toEqual([
      '(2 running · 1 crashed · 1 offline)',
      '---',
      '▲ Arena — Harbor && Co · crashed',
      '---',
      '(Pinned)',
      '○ Survival — Quay · offline',
      '---',
      'Event && more: 1 running, 1 offline',
      '  ○ Survival — Quay · offline',
      '  ● Survival — Harbor && Co · running',
      '---',
      'Harbor && Co: 2 running, 1 crashed',
      '  ▲ Arena — crashed',
      '  ● Lobby — running',
      '  ● Survival — running',
      'Quay: 1 offline',
      '  ○ Survival — offline',
      '  ▬ Vault — suspended',
      '---',
      'Open Perch',
      'Settings',
      'Quit Perch',
    ]);
  });

  it('lists the other servers of the only panel without a submenu, each once', () => {
    const servers = ['Arena', 'Lobby', 'Survival', 'Vault'].map((name) => ({ id: `home/${name}`, name }));
    const state = fleet([{}], servers);
    const wishes = {
      pins: ['home/Vault'],
      groups: [{ name: 'Events', serverIds: ['home/Arena', 'home/Vault'] }],
    };
    expect(lines(menuModel(state, wishes)).slice(2, -4)).toEqual([
      '(Pinned)',
      '○ Vault — offline',
      '---',
      'Events: 2 offline',
      '  ○ Arena — offline',
      '  ○ Vault — offline',
      '---',
      '○ Lobby — offline',
      '○ Survival — offline',
    ]);
  });

  it('distinguishes servers of the same name, also below their panel', () => {
    const twins = ['1', '2'].map((id) => ({ id: `a/${id}`, accountId: 'a', identifier: `id-${id}` }));
    expect(lines(menuModel(fleet([harbor], twins))).slice(2, 4)).toEqual([
      '○ Survival — Harbor && Co · id-1 · offline',
      '○ Survival — Harbor && Co · id-2 · offline',
    ]);
    const below = labels(submenu(menuModel(fleet([harbor, quay], twins)), 'Harbor'));
    expect(below).toEqual(['○ Survival — id-1 · offline', '○ Survival — id-2 · offline']);
  });

  it('marks a server that is left out of the icon, without listing it on top', () => {
    const model = menuModel(several, { isLeftOut: ({ id }) => id === 'a/3' });
    expect(lines(model)[2]).toBe('Harbor && Co: 2 running, 1 crashed');
    const archive = submenu(submenu(model, 'Harbor'), '▲ Arena');
    expect(outline(archive)).toContain('(Ignored in the tray icon)');
    expect(outline(model).filter((line) => line.includes('Ignored'))).toHaveLength(1);
  });

  it('shows the problem of a failing panel, and no unknown states for its servers', () => {
    const problem = {
      code: 'panel-unreachable',
      message: verbatim('panel.example.com does not answer.'),
      next: verbatim('Check the address.'),
    } as const;
    const model = menuModel(
      fleet([{ state: { kind: 'failed', problem, retryAt: 0 } }], [{ name: 'Survival', power: 'running' }]),
    );
    expect(labels(model)).toContain('panel.example.com does not answer.');
    expect(labels(model)).toContain('◌ Survival — unreachable');
  });

  /** `count` servers on panels named by letters; a third is offline. */
  function many(
    count: number,
    panels: number,
    fields: (at: number) => Partial<Server> = () => ({}),
  ): FleetState {
    const accounts = Array.from({ length: panels }, (_, at) => ({ id: `p${at}`, label: `Panel ${at + 1}` }));
    const servers = Array.from({ length: count }, (_, at): Partial<Server> => ({
      id: `p${at % panels}/${at}`,
      accountId: `p${at % panels}`,
      name: `Server ${at}`,
      power: at % 3 === 2 ? 'offline' : 'running',
      ...fields(at),
    }));
    return fleet(accounts, servers);
  }

  it('lists every server of up to thirty, and a selection of more', () => {
    expect(mostServers).toBe(30);
    expect(lines(menuModel(many(30, 1)))).toHaveLength(30 + 6);
    expect(lines(menuModel(many(31, 1)))).toEqual([
      '(21 running · 10 offline)',
      '---',
      'Find among 31 servers…',
      '---',
      'Open Perch',
      'Settings',
      'Quit Perch',
    ]);
  });

  it('lists attention, pins, recent servers and a way to the rest for 40 servers on three panels', () => {
    const problem: Problem = { code: 'timeout', message: verbatim('No answer.'), next: verbatim('Wait.') };
    const state = applyChanges(
      many(40, 3, (at) => (at === 3 || at === 13 ? crash : {})),
      [
        {
          kind: 'account-upserted',
          account: anAccount({ id: 'p2', label: 'Panel 3', state: { kind: 'failed', problem, retryAt: 0 } }),
        },
      ],
    );
    const recent = ['p1/1', 'p0/9', 'gone/1', 'p1/13', 'p0/0', 'p0/12', 'p0/15', 'p0/18', 'p0/21'];
    const model = menuModel(state, { pins: ['p2/5', 'p0/9', 'p0/3'], groups, recent });
    expect(lines(model)).toEqual([
      '(25 running · 2 crashed · 13 unreachable)',
      '---',
      '◌ Panel 3 — No answer.',
      '▲ Server 3 — Panel 1 · crashed',
      '▲ Server 13 — Panel 2 · crashed',
      '---',
      '(Pinned)',
      '◌ Server 5 — Panel 3 · unreachable',
      '● Server 9 — Panel 1 · running',
      '---',
      '(Recent)',
      '● Server 1 — Panel 2 · running',
      '● Server 0 — Panel 1 · running',
      '● Server 12 — Panel 1 · running',
      '● Server 15 — Panel 1 · running',
      '● Server 18 — Panel 1 · running',
      '---',
      'Find among 40 servers…',
      '---',
      'Open Perch',
      'Settings',
      'Quit Perch',
    ]);
    expect(model).toContainEqual({
      kind: 'action',
      label: 'Find among 40 servers…',
      action: { kind: 'palette' },
    });
  });

  it('fits a screen with 1,000 servers, dozens crashed and pinned', () => {
    const state = many(1000, 3, (at) => (at % 20 === 0 ? crash : {}));
    const pins = Array.from({ length: 40 }, (_, at) => `p${(at * 3 + 1) % 3}/${at * 3 + 1}`);
    const said = lines(menuModel(state, { pins }));
    expect(said.slice(2, 14)).toEqual([
      ...Array.from(
        { length: 10 },
        (_, at) => `▲ Server ${at * 20} — Panel ${((at * 20) % 3) + 1} · crashed`,
      ),
      '40 more crashed in Perch…',
      '---',
    ]);
    expect(said[14]).toBe('(Pinned)');
    expect(said.filter((line) => line.startsWith('●'))).toHaveLength(15);
    expect(said).toContain('Find among 1,000 servers…');
    expect(said.length).toBeLessThan(40);
  });

  it('does not change with figures', () => {
    const before = fleet([{}], [{ id: 'home/1', power: 'running' }]);
    const after = applyChanges(before, [
      {
        kind: 'usage',
        serverId: 'home/1',
        usage: {
          at: 1,
          cpuPercent: 99,
          memoryBytes: 5,
          memoryLimitBytes: null,
          diskBytes: 1,
          networkRxBytes: 1,
          networkTxBytes: 1,
          uptimeMs: 1,
        },
      },
    ]);
    expect(menuModel(after)).toEqual(menuModel(before));
  });

  it('leads to onboarding without a panel', () => {
    expect(outline(menuModel(emptyFleet))).toEqual([
      '(No panel connected)',
      '---',
      'Connect a panel…',
      '---',
      'Open Perch',
      'Settings',
      'Quit Perch',
    ]);
  });

  it('offers a restart for a waiting version', () => {
    const label = 'Restart to install Perch 0.2.0';
    expect(menuModel(emptyFleet, { update: '0.2.0' }).at(-2)).toMatchObject({
      label,
      action: { kind: 'restart' },
    });
    expect(labels(menuModel(emptyFleet))).not.toContain(label);
  });

  it('has an entry for the developer tools only if allowed', () => {
    expect(labels(menuModel(emptyFleet, { developerTools: true }))).toContain('Developer tools');
    expect(labels(menuModel(emptyFleet))).not.toContain('Developer tools');
  });
});

describe('totalsLine', () => {
  it('counts by state, good states first, without zeros', () => {
    const state = fleet(
      [{}],
      [
        { id: 'home/1', power: 'offline' },
        { id: 'home/2', power: 'running' },
        { id: 'home/3', power: 'offline' as const, crashedAt: 1 },
        { id: 'home/4', power: 'running' },
      ],
    );
    expect(totalsLine(state)).toBe('2 running · 1 crashed · 1 offline');
  });

  it('shows the state that Perch waits for', () => {
    expect(totalsLine(fleet([{ state: { kind: 'loading' } }], []))).toBe('Asking the panel…');
    expect(totalsLine(fleet([{}], []))).toBe('No servers');
  });

  it('is in the current language, problems included', () => {
    const problem: Problem = {
      code: 'timeout',
      message: sentence('panel.timeout', { place: 'panel.example.com' }),
      next: sentence('panel.timeout-next'),
    };
    const state = fleet([{ state: { kind: 'failed', problem, retryAt: 0 } }], [{ name: 'Survival' }]);
    expect(labels(menuModel(state))).toContain('panel.example.com did not answer in time.');
    speak(() => 'de');
    const model = menuModel(state);
    speak(() => 'en');
    expect(labels(model)).toEqual(
      expect.arrayContaining([
        'panel.example.com hat nicht rechtzeitig geantwortet.',
        '◌ Survival — nicht erreichbar',
        'Einstellungen',
        'Perch beenden',
      ]),
    );
  });
});

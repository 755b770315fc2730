import { describe, expect, it } from 'vitest';
import { applyChanges, emptyFleet, type FleetState } from '../../../bridge/changes.js';
import type { Account, Server } from '../../../bridge/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import { sentence, speak, verbatim } from '../../../words/words.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { menuModel, mostServers, totalsLine, type MenuEntry, type MenuModel } from './menu-model.js';

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

describe('menuModel', () => {
  it('lists the servers of the only account, each with what can be done', () => {
    const model = menuModel(fleet([{}], [{ id: 'home/1', name: 'Survival', power: 'running' }]));
    expect(outline(model)).toEqual([
      '(1 running)',
      '---',
      '● Survival — running',
      '  (Start — The server is running)',
      '  Stop',
      '  Restart',
      '  Kill',
      '  ---',
      '  Open console',
      '  Open panel in browser',
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

  it('leads to what is new, where anything is', () => {
    const [, second] = menuModel(fleet([{}], []), {
      pins: [],
      unseen: 2,
      update: null,
      developerTools: false,
    });
    expect(second).toEqual({
      kind: 'action',
      label: '2 new events',
      action: { kind: 'view', view: { kind: 'events', only: 'news' } },
    });
  });

  const crash = { power: 'offline', crashedAt: 1 } as const;
  it.each<[string, Partial<Server>, string]>([
    ['running', { power: 'running' }, '● Survival — running'],
    ['starting', { power: 'starting' }, '◐ Survival — starting'],
    ['stopping', { power: 'stopping' }, '◐ Survival — stopping'],
    ['told to stop', { power: 'running', pending: { signal: 'stop', since: 0 } }, '◐ Survival — stopping'],
    ['offline', { power: 'offline' }, '○ Survival — offline'],
    ['crashed', crash, '▲ Survival — crashed'],
    ['installing', { condition: 'installing' }, '↓ Survival — installing'],
    ['suspended', { condition: 'suspended' }, '▬ Survival — suspended'],
    ['unknown', { power: null }, '◌ Survival — unknown'],
  ])('shows a server that is %s by shape and word', (_name, fields, label) => {
    expect(labels(menuModel(fleet([{}], [fields])))).toContain(label);
  });

  it.each<[string, Partial<Server>, string]>([
    [
      'a permission',
      { permissions: ['control.start'], power: 'running' },
      'Stop — Your key lacks the permission control.stop',
    ],
    ['the condition', { condition: 'suspended' }, 'Start — The server is suspended'],
    ['the state', { power: 'offline' }, 'Stop — The server is offline'],
    [
      'an action on its way',
      { power: 'offline', pending: { signal: 'start', since: 0 } },
      'Start — Waiting for the last action',
    ],
  ])('says why not: %s', (_name, fields, label) => {
    const model = menuModel(fleet([{}], [{ name: 'Survival', ...fields }]));
    const [server] = model.filter((entry) => entry.kind === 'submenu');
    expect(server?.kind === 'submenu' && server.entries).toContainEqual({ kind: 'text', label });
  });

  it('gives each panel a submenu once there is more than one', () => {
    const model = menuModel(
      fleet(
        [
          { id: 'b', label: 'work.example.com' },
          { id: 'a', label: 'Home & Garden' },
        ],
        [
          { id: 'a/1', accountId: 'a', name: 'Lobby' },
          { id: 'b/1', accountId: 'b', name: 'Arena' },
        ],
      ),
    );
    expect(
      model.filter(({ kind }) => kind === 'submenu').map((entry) => 'label' in entry && entry.label),
    ).toEqual(['Home && Garden', 'work.example.com']);
    expect(labels(submenu(model, 'work'))).toEqual(['○ Arena — offline']);
  });

  it('gives a panel that fails its sentence, and its servers no state that nobody knows', () => {
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

  it('keeps the most urgent servers of many, by name', () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      id: `home/${index}`,
      name: `Server ${index}`,
      power: 'offline' as const,
      ...(index === 59 ? crash : {}),
    }));
    const model = menuModel(fleet([{}], many));
    const servers = model.filter(({ kind }) => kind === 'submenu');
    expect(servers).toHaveLength(mostServers);
    expect(labels(servers).at(-1)).toBe('▲ Server 59 — crashed');
    expect(labels(servers).slice(0, 3)).toEqual([
      '○ Server 0 — offline',
      '○ Server 1 — offline',
      '○ Server 2 — offline',
    ]);
    expect(labels(model)).toContain('All 60 servers in Perch…');
  });

  it('of a large fleet shows what crashed, what is pinned, and then what runs', () => {
    const count = 1500;
    const many = Array.from({ length: count }, (_, index) => ({
      id: `home/${index}`,
      name: `Server ${index}`,
      // From the last to the first, so that the order of the list is not that of the names.
      power: index % 3 === 0 ? ('running' as const) : ('offline' as const),
      ...(index === 1400 ? crash : {}),
    })).reverse();
    const model = menuModel(fleet([{}], many), {
      pins: ['home/1301', 'home/500', 'gone/1'],
      unseen: 0,
      update: null,
      developerTools: false,
    });
    const names = labels(model.filter(({ kind }) => kind === 'submenu')).map(
      (label) => label.split(' — ')[0],
    );
    expect(names).toEqual([
      ...Array.from({ length: mostServers - 3 }, (_, index) => `● Server ${index * 3}`),
      '○ Server 500',
      '○ Server 1301',
      '▲ Server 1400',
    ]);
    expect(labels(model)).toContain('All 1,500 servers in Perch…');
  });

  /** So many, each called by what it is. */
  const some = (state: string, count: number, fields: Partial<Server>): Partial<Server>[] =>
    Array.from({ length: count }, (_, index) => ({
      id: `home/${state}-${index}`,
      name: `${state} ${index}`,
      ...fields,
    }));

  function shown(servers: Partial<Server>[], pins: string[] = []): string[] {
    const model = menuModel(fleet([{}], servers), { pins, unseen: 0, update: null, developerTools: false });
    const names = labels(model.filter(({ kind }) => kind === 'submenu'));
    return names.map((label) => /^. (\w+) \d+ /.exec(label)?.[1] ?? label);
  }

  it('has what crashed before what is pinned, and what is pinned before what runs', () => {
    const servers = [
      ...some('running', 10, { power: 'running' }),
      ...some('chosen', 10, { power: 'offline' }),
      ...some('crashed', 20, crash),
    ];
    const pins = Array.from({ length: 10 }, (_, index) => `home/chosen-${index}`);
    const names = shown(servers, [...pins, 'home/crashed-0']);
    expect(names.filter((name) => name === 'crashed')).toHaveLength(20);
    expect(names.filter((name) => name === 'chosen')).toHaveLength(5);
    expect(names).toHaveLength(mostServers);
  });

  it.each<[string, Partial<Server>, string, Partial<Server>]>([
    ['running', { power: 'running' }, 'busy', { power: 'starting' }],
    ['busy', { power: 'stopping' }, 'unknown', { power: null }],
    ['unknown', { power: null }, 'offline', { power: 'offline' }],
    ['offline', { power: 'offline' }, 'installing', { condition: 'installing' }],
    ['installing', { condition: 'installing' }, 'suspended', { condition: 'suspended' }],
  ])('has what is %s, %j, before what is %s', (first, firstFields, second, secondFields) => {
    const names = shown([...some(second, 20, secondFields), ...some(first, 20, firstFields)]);
    expect(names.filter((name) => name === first)).toHaveLength(20);
    expect(names.filter((name) => name === second)).toHaveLength(mostServers - 20);
  });

  it('lets no name out of its line', () => {
    const name = `Rock & Roll\n\u202eQuit\u0007${'x'.repeat(100)}`;
    const [entry] = menuModel(fleet([{}], [{ name }])).filter(({ kind }) => kind === 'submenu');
    const label = entry?.kind === 'submenu' ? entry.label : '';
    expect(label).toMatch(/^○ Rock && Roll Quit x+… — offline$/);
    expect(label.length).toBeLessThan(80);
    expect(labels(menuModel(fleet([{}], [{ name: '\u200b', identifier: '1a2b3c4d' }])))).toContain(
      '○ 1a2b3c4d — offline',
    );
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

  it('leads to onboarding where there is no panel', () => {
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

  it('offers to restart where a new version waits for that', () => {
    const state = fleet([{}], [{}]);
    const wishes = { pins: [], unseen: 0, developerTools: false };
    const model = menuModel(state, { ...wishes, update: '0.2.0' });
    expect(model.at(-2)).toEqual({
      kind: 'action',
      label: 'Restart to install Perch 0.2.0',
      action: { kind: 'restart' },
    });
    expect(labels(menuModel(state, { ...wishes, update: null }))).not.toContain('Restart');
  });

  it('has an entry for the developer tools where they are allowed only', () => {
    const state = fleet([{}], [{}]);
    const entry = 'Developer tools';
    expect(labels(menuModel(state, { pins: [], unseen: 0, update: null, developerTools: true }))).toContain(
      entry,
    );
    expect(
      labels(menuModel(state, { pins: [], unseen: 0, update: null, developerTools: false })),
    ).not.toContain(entry);
    expect(labels(menuModel(state))).not.toContain(entry);
  });
});

describe('totalsLine', () => {
  it('counts by state, the good news first and nothing that is not there', () => {
    const state = fleet(
      [{}],
      [
        { id: 'home/1', power: 'offline' },
        { id: 'home/2', power: 'running' },
        { id: 'home/3', ...{ power: 'offline' as const, crashedAt: 1 } },
        { id: 'home/4', power: 'running' },
      ],
    );
    expect(totalsLine(state)).toBe('2 running · 1 crashed · 1 offline');
  });

  it('says what it waits for', () => {
    expect(totalsLine(fleet([{ state: { kind: 'loading' } }], []))).toBe('Asking the panel…');
    expect(totalsLine(fleet([{}], []))).toBe('No servers');
  });

  it('is in the language that is spoken when it is made, problems included', () => {
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

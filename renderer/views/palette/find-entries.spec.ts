import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '../../../messages/messages.js';
import { aServer, anAccount, playersOnline } from '../../../tests/support/entities.js';
import { passesPlayers } from '../../search/player-filter.js';
import { serverText, type ServerText } from '../../search/server-text.js';
import { findEntries } from './find-entries.js';
import type { PaletteWorld } from './palette-entry.js';

const server = (id: string, name: string, accountId = 'home'): ServerText =>
  serverText({
    server: aServer({ id, name, accountId }),
    account: anAccount({ label: `${accountId}.example.com` }),
    group: undefined,
    state: 'offline',
  });
const players = new Map([
  ['home/1', playersOnline(0)],
  ['home/2', playersOnline(12, { slots: 12 })],
]);
const world: PaletteWorld = {
  servers: [
    server('home/1', 'Survival'),
    server('home/2', 'Lobby'),
    server('away/3', 'The Restaurant', 'away'),
  ],
  accounts: [
    { id: 'home', label: 'Home' },
    { id: 'away', label: 'Away' },
  ],
  shownId: null,
  recentIds: [],
  sections: [
    { key: 'group:1', title: 'Night shift', isGroup: true, groupId: '1', count: 2 },
    { key: 'panel:home', title: 'Home', isGroup: false, groupId: null, count: 1 },
  ],
  withPlayers: (tests) => world.servers.filter(({ id }) => passesPlayers(players.get(id), tests)),
  menuOf: () => [],
  besideOf: () => '',
  standingOf: () => 'possible',
};
const labels = (search: string, change: Partial<PaletteWorld> = {}) =>
  findEntries({ ...world, ...change }, search).map(({ label }) => label);

afterEach(() => speak(() => 'en'));

describe('findEntries', () => {
  it('offers servers and views before typing', () => {
    expect(labels('')).toEqual(expect.arrayContaining(['Survival', 'Lobby', 'All servers', 'Theme: dark']));
    expect(labels('')[0]).toBe('Survival');
  });

  it('has the shown server, the other servers and Perch in parts before typing, and one list after', () => {
    const partsOf = (search: string) => [
      ...new Set(findEntries({ ...world, shownId: 'home/2' }, search).map(({ part }) => part)),
    ];
    expect(partsOf('')).toEqual(['Lobby', 'Servers', 'Perch']);
    expect(partsOf('>')).toEqual(['Lobby', 'Perch']);
    expect(partsOf('s')).toEqual([undefined]);
  });

  it('finds the account on each panel, by its panel and by what its view is for', () => {
    expect(labels('account away')).toEqual(['Account on Away']);
    expect(labels('api keys')).toEqual(expect.arrayContaining(['Account on Home', 'Account on Away']));
    expect(labels('')).not.toContain('Account on Home');
    const [found] = findEntries(world, 'account home');
    expect(found?.choice).toEqual({ kind: 'go', view: { kind: 'account', accountId: 'home' } });
  });

  it('distinguishes servers of the same name, in each of their actions', () => {
    const servers = [server('home/1', 'Survival'), server('home/2', 'Survival')];
    const besideOf = (id: string): string => `Harbor · ${id}`;
    const found = findEntries({ ...world, servers, besideOf }, 'surv start').map(
      ({ label, hint }) => `${label}: ${hint}`,
    );
    expect(found.filter((text) => text.startsWith('Start Survival'))).toEqual([
      'Start Survival: Harbor · home/1',
      'Start Survival: Harbor · home/2',
    ]);
    const shown = findEntries({ ...world, servers, besideOf }, '@').map(({ hint }) => hint);
    expect(shown).toEqual(['Harbor · home/1', 'Harbor · home/2']);
  });

  it('offers the actions of the shown server first, Kill last', () => {
    const first = labels('', { shownId: 'home/2' }).slice(0, 19);
    expect(first.slice(0, 3)).toEqual(['Start Lobby', 'Stop Lobby', 'Restart Lobby']);
    expect(first.at(-1)).toBe('Kill Lobby');
  });

  it('finds a server by any part of its name, beginnings first', () => {
    expect(labels('s')[0]).toBe('Survival');
    expect(labels('taur')).toEqual(['The Restaurant']);
    expect(labels('rest')[0]).toBe('The Restaurant');
  });

  it('finds an action of a server by both words, in any order', () => {
    expect(labels('stop surv')).toEqual(['Stop Survival']);
    expect(labels('lob restart')).toEqual(['Restart Lobby', 'Restart with warning: Lobby']);
    expect(labels('warning lob')).toEqual(['Restart with warning: Lobby']);
  });

  it('prefers a complete name to a name that contains it', () => {
    const servers = [server('home/4', 'Amber Lobby'), ...world.servers];
    expect(labels('kill lobby', { servers })).toEqual(['Kill Lobby', 'Kill Amber Lobby']);
    expect(labels('lobby', { servers })).toEqual(['Lobby', 'Amber Lobby']);
  });

  it.each([
    ['players:empty', ['Survival']],
    ['players:full', ['Lobby']],
    ['@players>=0', ['Survival', 'Lobby']],
    ['players>12', []],
    ['players>5 lob', ['Lobby']],
    ['players:empty stop', ['Stop Survival']],
    ['>players>5 restart', ['Restart Lobby', 'Restart with warning: Lobby']],
    ['players:empty settings', ['Settings of Survival']],
  ])('finds servers by their players, and actions on these servers alone: %s', (search, found) => {
    expect(labels(search)).toEqual(found);
  });

  it('finds servers by their panel', () => {
    expect(labels('@away')).toEqual(['The Restaurant']);
    expect(labels('away')[0]).toBe('The Restaurant');
  });

  it.each([
    ['an address', '203.0.113.99', ['Amber Arena Tokyo 40']],
    ['a node', 'rack', ['Amber Arena Tokyo 40']],
    ['words that stand apart in its name', 'amber tokyo', ['Amber Arena Tokyo 40']],
    ['its group and state', 'festival running', ['Amber Arena Tokyo 40']],
    ['a link', 'https://far.example.com/server/0badc0de/files', ['Amber Arena Tokyo 40']],
    ['a word that is nearly right', 'tokio', ['Amber Arena Tokyo 40']],
    ['a verb and an address', 'kill 203.0.113.99', ['Kill Amber Arena Tokyo 40']],
    ['a verb and a word that is nearly right', 'kill tokio', ['Kill Amber Arena Tokyo 40']],
    [
      'a verb that is nearly right',
      'restrat tokyo',
      ['Restart Amber Arena Tokyo 40', 'Restart with warning: Amber Arena Tokyo 40'],
    ],
    ['a place by a word that is nearly right', 'pannel add', ['Add panel', 'Settings: Panels']],
    ['a section of the settings', 'settings live', ['Settings: Live servers']],
    ['a section by what else it is called', 'websocket', ['Settings: Live servers']],
    ['a section by what a line of it is also called', 'hotkey', ['Settings: System']],
  ])('finds a server and its actions by %s', (_, search, expected) => {
    const far = serverText({
      server: aServer({
        id: 'far/9',
        accountId: 'far',
        identifier: '0badc0de',
        name: 'Amber Arena Tokyo 40',
        node: 'Rack 7',
        allocations: [{ ip: '203.0.113.99', alias: null, port: 25565, notes: null, isDefault: true }],
      }),
      account: anAccount({ label: 'Far away', panelUrl: 'https://far.example.com' }),
      group: 'Festival',
      state: 'running',
    });
    expect(labels(search, { servers: [...world.servers, far] })).toEqual(expected);
  });

  it('uses the current language, with its word order', () => {
    expect(labels('stop surv')).toEqual(['Stop Survival']);
    speak(() => 'de');
    expect(labels('stoppen surv')).toEqual(['Survival stoppen']);
    expect(labels('lobby neu starten')[0]).toBe('Lobby neu starten');
    expect(labels('lobby starten')[0]).toBe('Lobby starten');
    expect(labels('start lobby')[0]).toBe('Lobby starten');
    expect(labels('start')[0]).toBe('Survival starten');
    expect(labels('neu lobby')).toEqual(['Lobby neu starten', 'Mit Warnung neu starten: Lobby']);
    expect(labels('adresse lobby')).toEqual(['Adresse von Lobby kopieren']);
    expect(labels('einstellungen')[0]).toBe('Einstellungen');
    expect(labels('', { shownId: 'home/2' })[0]).toBe('Lobby starten');
    expect(labels('restart lobby')).toEqual([]);
  });

  it('offers a view before the action of the same name', () => {
    expect(labels('settings', { shownId: 'home/1' })[0]).toBe('Settings');
  });

  it('finds no entry if one word is missing', () => {
    expect(labels('survival nonsense')).toEqual([]);
  });

  it('stays short with many servers', () => {
    const servers = Array.from({ length: 1000 }, (_, at) => server(`home/${at}`, `Node ${at}`));
    expect(findEntries({ ...world, servers }, 'start no')).toHaveLength(60);
  });

  /** Servers with the given ids run; the others are offline or unknown. */
  const running =
    (up: readonly string[], unknown: readonly string[] = []): PaletteWorld['standingOf'] =>
    (choice) => {
      if (choice.kind !== 'power') return 'possible';
      if (unknown.includes(choice.serverId)) return 'unsure';
      return up.includes(choice.serverId) === (choice.signal !== 'start') ? 'possible' : 'blocked';
    };

  it('puts possible entries before blocked entries, and the shown server first', () => {
    const change = { shownId: 'home/1', standingOf: running(['home/1']) };
    expect(labels('', change).slice(0, 2)).toEqual(['Stop Survival', 'Restart Survival']);
    const own = findEntries({ ...world, ...change }, '').filter(({ part }) => part === 'Survival');
    expect(own.slice(-2).map(({ short }) => short)).toEqual(['Kill', 'Start']);
    expect(labels('st', change).slice(0, 2)).toEqual(['Stop Survival', 'Startup of Survival']);
    expect(labels('st', change)).toContain('Start Survival');
    expect(labels('sta', change).slice(0, 2)).toEqual(['Startup of Survival', 'Start Lobby']);
  });

  it('puts certain entries before unsure entries', () => {
    const standingOf = running(['away/3'], ['home/1']);
    expect(labels('start', { standingOf }).slice(0, 2)).toEqual(['Startup of Survival', 'Start Lobby']);
    const stops = ['Stop The Restaurant', 'Stop Survival', 'Stop Lobby'];
    expect(labels('stop', { standingOf }).slice(0, 3)).toEqual(stops);
  });

  it('never prefers another server to the server with the typed name, even if blocked', () => {
    const servers = [...world.servers, server('home/5', 'Old Survival')];
    const standingOf = running(['home/1']);
    const found = labels('start surv', { servers, standingOf });
    expect(found[0]).toBe('Start Survival');
    expect(found).toContain('Start Old Survival');
  });

  it('puts recently opened servers first', () => {
    const recentIds = ['away/3', 'home/9', 'home/2'];
    expect(labels('', { recentIds }).slice(0, 3)).toEqual(['The Restaurant', 'Lobby', 'Survival']);
    expect(labels('stop', { recentIds })[0]).toBe('Stop The Restaurant');
    expect(labels('', { recentIds, shownId: 'away/3' })).not.toContain('The Restaurant');
  });

  it.each([
    ['>sur', []],
    ['> console sur', ['Console of Survival']],
    ['@sur', ['Survival']],
    ['@stop sur', []],
    ['#nig', ['Night shift']],
    ['#', ['Night shift', 'Home']],
    ['#sur', []],
    ['night sh', ['Night shift']],
  ])('searches one kind only by %j', (search, expected) => {
    expect(labels(search)).toEqual(expected);
  });

  it('explains by ? the prefixes and the shortcuts', () => {
    const found = findEntries(world, '?');
    expect(found.map(({ keys }) => keys)).toEqual(['>', '@', '#', '/', 'F1']);
    expect(labels('? group')).toEqual(['Look for groups and panels only']);
  });

  it('shows the shortcuts of commands', () => {
    expect(findEntries(world, 'settings')[0]).toMatchObject({ label: 'Settings', keys: 'Control+,' });
  });
});

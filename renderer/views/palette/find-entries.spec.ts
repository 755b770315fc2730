import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '../../../words/words.js';
import { aServer, anAccount } from '../../../tests/support/entities.js';
import { serverText, type ServerText } from '../../search/server-text.js';
import { findEntries } from './find-entries.js';
import type { PaletteWorld } from './palette-entries.js';

const server = (id: string, name: string, accountId = 'home'): ServerText =>
  serverText({
    server: aServer({ id, name, accountId }),
    account: anAccount({ label: `${accountId}.example.com` }),
    group: undefined,
    state: 'offline',
  });
const world: PaletteWorld = {
  servers: [
    server('home/1', 'Survival'),
    server('home/2', 'Lobby'),
    server('away/3', 'The Restaurant', 'away'),
  ],
  panels: new Map([
    ['home', 'home.example.com'],
    ['away', 'away.example.com'],
  ]),
  shownId: null,
};
const labels = (search: string, change: Partial<PaletteWorld> = {}) =>
  findEntries({ ...world, ...change }, search).map(({ label }) => label);

afterEach(() => speak(() => 'en'));

describe('findEntries', () => {
  it('offers servers and places before anything is typed', () => {
    expect(labels('')).toEqual(expect.arrayContaining(['Survival', 'Lobby', 'All servers', 'Theme: dark']));
    expect(labels('')[0]).toBe('Survival');
  });

  it('offers the verbs of the server that is shown first, Kill behind all others', () => {
    const first = labels('', { shownId: 'home/2' }).slice(0, 8);
    expect(first.slice(0, 3)).toEqual(['Start Lobby', 'Stop Lobby', 'Restart Lobby']);
    expect(first.at(-1)).toBe('Kill Lobby');
  });

  it('finds a server by any part of its name, the beginning first', () => {
    expect(labels('s')[0]).toBe('Survival');
    expect(labels('taur')).toEqual(['The Restaurant']);
    expect(labels('rest')[0]).toBe('The Restaurant');
  });

  it('finds a verb of a server by both words, in any order', () => {
    expect(labels('stop surv')).toEqual(['Stop Survival']);
    expect(labels('lob restart')).toEqual(['Restart Lobby']);
  });

  it('takes a name that is typed out before one that only holds it', () => {
    const servers = [server('home/4', 'Amber Lobby'), ...world.servers];
    expect(labels('kill lobby', { servers })).toEqual(['Kill Lobby', 'Kill Amber Lobby']);
    expect(labels('lobby', { servers })).toEqual(['Lobby', 'Amber Lobby']);
  });

  it('finds servers by their panel', () => {
    expect(labels('away')).toEqual(['The Restaurant']);
  });

  it.each([
    ['an address', '203.0.113.99', ['Amber Arena Tokyo 40']],
    ['a node', 'rack', ['Amber Arena Tokyo 40']],
    ['words that stand apart in its name', 'amber tokyo', ['Amber Arena Tokyo 40']],
    ['its group and state', 'events running', ['Amber Arena Tokyo 40']],
    ['a link', 'https://far.example.com/server/0badc0de/files', ['Amber Arena Tokyo 40']],
    ['a word that is nearly right', 'tokio', ['Amber Arena Tokyo 40']],
    ['a verb and an address', 'kill 203.0.113.99', ['Kill Amber Arena Tokyo 40']],
    ['a verb and a word that is nearly right', 'kill tokio', ['Kill Amber Arena Tokyo 40']],
    ['a verb that is nearly right', 'restrat tokyo', ['Restart Amber Arena Tokyo 40']],
    ['a place by a word that is nearly right', 'pannel add', ['Add panel', 'Settings: Panels']],
    ['a section of the settings', 'settings live', ['Settings: Live servers']],
    ['a section by what else it is called', 'websocket', ['Settings: Live servers']],
    ['a section by what a line of it is also called', 'hotkey', ['Settings: System']],
  ])('finds a server and what can be done with it by %s', (_, search, expected) => {
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
      group: 'Events',
      state: 'running',
    });
    expect(labels(search, { servers: [...world.servers, far] })).toEqual(expected);
  });

  it('speaks the language that is set, whose words stand where they belong', () => {
    expect(labels('stop surv')).toEqual(['Stop Survival']);
    speak(() => 'de');
    expect(labels('stoppen surv')).toEqual(['Survival stoppen']);
    expect(labels('lobby neu starten')).toEqual(['Lobby neu starten']);
    expect(labels('lobby starten')[0]).toBe('Lobby starten');
    expect(labels('start lobby')[0]).toBe('Lobby starten');
    expect(labels('start')[0]).toBe('Survival starten');
    expect(labels('neu lobby')).toEqual(['Lobby neu starten']);
    expect(labels('adresse lobby')).toEqual(['Adresse von Lobby kopieren']);
    expect(labels('einstellungen')[0]).toBe('Einstellungen');
    expect(labels('', { shownId: 'home/2' })[0]).toBe('Lobby starten');
    expect(labels('restart lobby')).toEqual([]);
  });

  it('offers a place before the verb of that name', () => {
    expect(labels('settings', { shownId: 'home/1' })[0]).toBe('Settings');
  });

  it('finds nothing where one word is missing', () => {
    expect(labels('survival nonsense')).toEqual([]);
  });

  it('stays short with many servers', () => {
    const servers = Array.from({ length: 1000 }, (_, at) => server(`home/${at}`, `Node ${at}`));
    expect(findEntries({ ...world, servers }, 'start no')).toHaveLength(60);
  });
});

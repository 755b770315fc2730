import { describe, expect, it } from 'vitest';
import { findEntries, type PaletteServer, type PaletteWorld } from './palette-entries.js';

const server = (id: string, name: string, accountId = 'home'): PaletteServer => ({ id, accountId, name });
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

  it('finds nothing where one word is missing', () => {
    expect(labels('survival nonsense')).toEqual([]);
  });

  it('stays short with many servers', () => {
    const servers = Array.from({ length: 1000 }, (_, at) => server(`home/${at}`, `Node ${at}`));
    expect(findEntries({ ...world, servers }, 'start no')).toHaveLength(60);
  });
});

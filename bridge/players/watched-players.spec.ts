import { expect, it } from 'vitest';
import { mostKept } from '../settings/settings-limits.js';
import { isWatched, watchFault, withPlayer } from './watched-players.js';

const minecraft = { id: 'home/1', game: 'minecraft' } as const;
const source = { id: 'home/1', game: 'source' } as const;

it('adds a name once, as the game compares names, and removes it', () => {
  const anna = withPlayer({ 'home/2': ['Bob'] }, minecraft, 'anna', true);
  expect(anna).toEqual({ 'home/2': ['Bob'], 'home/1': ['anna'] });
  expect(withPlayer(anna, minecraft, 'Anna', true)['home/1']).toEqual(['Anna']);
  expect(withPlayer(anna, source, 'Anna', true)['home/1']).toEqual(['anna', 'Anna']);
  expect(withPlayer(anna, minecraft, 'ANNA', false)).toEqual({ 'home/2': ['Bob'] });
  expect([isWatched(anna, minecraft, 'Anna'), isWatched(anna, source, 'Anna')]).toEqual([true, false]);
});

it('keeps the limits, and a full list still takes a name that it has', () => {
  const names = Array.from({ length: mostKept.watchedNames }, (_, at) => `P${at}`);
  expect(watchFault({ 'home/1': names }, 'home/1')).toBe('names');
  expect(withPlayer({ 'home/1': names }, source, 'Anna', true)).toEqual({ 'home/1': names });
  expect(withPlayer({ 'home/1': names }, minecraft, 'p3', true)['home/1']).toContain('p3');
  const servers = Object.fromEntries(
    Array.from({ length: mostKept.watchedServers }, (_, at) => [`away/${at}`, ['Bob']]),
  );
  expect(watchFault(servers, 'home/1')).toBe('servers');
  expect(withPlayer(servers, source, 'Anna', true)).toEqual(servers);
  expect(watchFault(servers, 'away/1')).toBeNull();
});

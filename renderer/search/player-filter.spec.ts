import { describe, expect, it } from 'vitest';
import { playersOnline } from '../../tests/support/entities.js';
import { playerFilter } from './player-filter.js';

const passes = (text: string, count: number, slots: number | null = null): boolean =>
  playerFilter(text).tests.every((test) => test(playersOnline(count, { slots })));

describe('playerFilter', () => {
  it.each([
    ['players:empty', 0, true],
    ['players:empty', 1, false],
    ['Players:EMPTY', 0, true],
    ['players>5', 6, true],
    ['players>5', 5, false],
    ['players>=5', 5, true],
    ['players<5', 4, true],
    ['players<5', 5, false],
    ['players<=5', 5, true],
    ['players=5', 5, true],
    ['players:5', 6, false],
    ['players>2 players<5', 3, true],
    ['players>2 players<5', 5, false],
  ])('%s with %i players: %s', (text, count, expected) => {
    expect(passes(text, count)).toBe(expected);
  });

  it('finds full servers, only where the game names its slots', () => {
    expect(passes('players:full', 40, 40)).toBe(true);
    expect(passes('players:full', 41, 40)).toBe(true);
    expect(passes('players:full', 39, 40)).toBe(false);
    expect(passes('players:full', 40)).toBe(false);
    expect(passes('players:full', 0, 0)).toBe(false);
  });

  it('leaves the other words to the search', () => {
    expect(playerFilter('sur players:empty  vival').rest).toBe('sur vival');
    expect(playerFilter('two  words').rest).toBe('two  words');
  });

  it.each(['players', 'players:', 'players:busy', 'players>', 'players>x', 'xplayers>5', 'players>5x'])(
    'reads %s as a word of the search',
    (text) => {
      expect(playerFilter(text)).toEqual({ tests: [], rest: text });
    },
  );
});

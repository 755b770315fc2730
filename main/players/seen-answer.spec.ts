import { expect, it } from 'vitest';
import { anAnswer } from '../../tests/support/fake-queries.js';
import { PlayersByName } from './players-by-name.js';
import { seenInAnswer } from './seen-answer.js';

const named = (...names: string[]) => names.map((name) => ({ name, seconds: null, pingMs: null }));

it.each([
  ['as many names as players', { names: named('Anna', 'Bo'), players: 2 }, true],
  ['fewer names than players', { names: named('Anna', 'Bo'), players: 3 }, false],
  ['names without a number', { names: named('Anna', 'Bo'), players: null }, false],
])('%s: all of them are on, and whether nobody else is', (_name, fields, isWhole) => {
  expect(seenInAnswer(anAnswer(fields))).toEqual({ names: named('Anna', 'Bo'), isWhole });
});

it('remembers nobody where bots may be among the names', () => {
  expect(seenInAnswer(anAnswer({ names: named('Anna', 'Bot 1'), players: 1, bots: 1 }))).toBeNull();
  expect(seenInAnswer(anAnswer({ names: null, players: 1 }))).toBeNull();
});

it('does not say since when a player has been on whom a part of the names left out before', () => {
  const byName = new PlayersByName();
  byName.take(anAnswer({ names: named('Anna'), players: null }), 1000);
  byName.take(anAnswer({ names: named('Anna', 'Bo'), players: null }), 61_000);
  expect(byName.all?.map(({ since }) => since)).toEqual([null, null]);
});

import { expect, it, vi } from 'vitest';
import '../../tests/support/every-area.js';
import { recordingTerminal } from '../../tests/support/recording-terminal.js';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import { players } from './players.js';

function setUp(words: string[], answer: object, options: Options = {}) {
  const ask = vi.fn(async (_verb: string, _input: object) => answer);
  const { terminal, both } = recordingTerminal();
  const over = players({
    perch: { ask } as unknown as PerchConnection,
    args: ['Survival', ...words],
    plain: 0,
    options,
    terminal,
    deadline: Infinity,
  });
  return { over, ask, written: async () => (await over, both()) };
}

const server = { name: 'Survival' };

it('prints the number with source and age, and the names as a table', async () => {
  const online = { count: 2, slots: 20, source: 'query', ageMs: 12_000 };
  const names = [
    { name: 'Anna', sinceMs: 65_000, pingMs: 12.4 },
    { name: 'Bob', sinceMs: null, pingMs: null },
  ];
  const { written } = setUp([], { server, online, players: names });
  const lines = (await written()).split('\n');
  expect(lines[0]).toBe('Survival: 2 of 20 players (from the game, 12 s old)');
  expect(lines[1]).toMatch(/^PLAYER +ON FOR +PING$/);
  expect(lines[2]).toMatch(/^Anna +1 min.* 12 ms$/);
  expect(lines[3]).toBe('Bob');
});

it.each([
  [true, 'Names from the console:'],
  [false, 'Some of the names, from the console:'],
])('says that the names are from the console, and whether they are all: %s', async (isWhole, words) => {
  const names = [{ name: 'Anna', sinceMs: 65_000, pingMs: null }];
  const answer = { server, online: null, players: names, ofConsole: { sinceMs: 90_000, isWhole } };
  expect((await setUp([], answer).written()).split('\n').slice(1, 3)).toEqual([
    words,
    expect.stringMatching(/^PLAYER +ON FOR/),
  ]);
});

it('says that the number is not known', async () => {
  const { written } = setUp([], { server, online: null, players: null });
  expect(await written()).toBe('Survival: the number of players is not known\n');
});

it('acts on a player with the words as the text, or the reason', async () => {
  const answer = { server, outcome: 'done', line: 'Kicked Anna: be nice' };
  const one = setUp(['kick', 'Anna', 'be', 'nice'], answer, { yes: true });
  expect(await one.written()).toBe('Anna kicked from Survival. The console said: “Kicked Anna: be nice”.\n');
  const input = { name: 'Survival', verb: 'kick', player: 'Anna', text: 'be nice', isAgreed: true };
  expect(one.ask).toHaveBeenCalledExactlyOnceWith('actOnPlayer', input);
  const other = setUp(['kick', 'Anna'], answer, { yes: true, reason: 'be nice' });
  await other.over;
  expect(other.ask).toHaveBeenCalledExactlyOnceWith('actOnPlayer', input);
});

it('fails if the console refused, and not without an answer', async () => {
  const refused = setUp(['ban', 'Anna'], { server, outcome: 'no-player', line: 'No player was found' });
  await expect(refused.over).rejects.toThrow('The console refused the command.');
  const silent = setUp(['ban', 'Anna'], { server, outcome: 'no-answer', line: null });
  expect(await silent.written()).toContain('Not confirmed');
});

it('needs a player', async () => {
  const { over, ask } = setUp(['kick'], {});
  await expect(over).rejects.toThrow('PLAYER is missing');
  expect(ask).not.toHaveBeenCalled();
});

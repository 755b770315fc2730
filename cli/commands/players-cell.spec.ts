import { expect, it } from 'vitest';
import type { RemotePlayers } from '../../bridge/schema/remote-entities.js';
import '../../tests/support/every-area.js';
import type { PerchConnection } from '../connection.js';
import type { Command } from './command.js';
import { list } from './list.js';
import { playersCell } from './players-cell.js';
import { status } from './status.js';

it.each<[RemotePlayers | null, string]>([
  [{ count: 12, slots: 40, source: 'query', ageMs: 8400 }, '12/40 (game, 8 s)'],
  [{ count: 0, slots: 20, source: 'panel', ageMs: 62_000 }, '0/20 (panel, 1 min 2 s)'],
  [{ count: 3, slots: null, source: 'console', ageMs: 900_000 }, '3 (console)'],
  [null, ''],
])('says how many, where the number comes from, and its age if it has one: %j', (players, text) => {
  expect(playersCell(players)).toEqual({ text });
});

it.each<[string, Command, RegExp]>([
  ['list', list, /^NAME +STATE +PLAYERS +PANEL .*\nSurvival +running +12\/40 \(game, 8 s\) +Home /],
  ['status', status, /^NAME +STATE +PLAYERS +CPU .*\nSurvival +running +12\/40 \(game, 8 s\)\n/],
])('%s has a column for players only where a number is known', async (_name, command, known) => {
  const server = { name: 'Survival', state: 'running', word: 'running', panel: 'Home', id: '1', usage: null };
  const printed = async (players: RemotePlayers | null): Promise<string> => {
    let out = '';
    const servers = [{ ...server, address: null, problem: null, players }];
    const none = { err: () => undefined, readLine: () => '', readAll: () => '' };
    await command({
      perch: { ask: async () => ({ servers }) } as unknown as PerchConnection,
      args: [],
      plain: 0,
      options: {},
      terminal: {
        ...none,
        out: (text) => void (out += text),
        isShown: false,
        canAsk: false,
        hasColours: false,
      },
      deadline: Infinity,
    });
    return out;
  };
  expect(await printed({ count: 12, slots: 40, source: 'query', ageMs: 8400 })).toMatch(known);
  expect(await printed(null)).not.toContain('PLAYERS');
});

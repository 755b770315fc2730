import { expect, it } from 'vitest';
import { playersOnline } from '../../tests/support/entities.js';
import { isPlayersOnly } from './players-only.js';

it.each([
  [true, { players: playersOnline(3) }],
  [true, { players: null, reach: null }],
  [false, { players: null, power: 'offline' as const }],
  [false, { power: 'running' as const }],
])('%s for %o', (isIt, patch) => {
  expect(isPlayersOnly({ kind: 'server-patched', serverId: 'home/a', patch })).toBe(isIt);
});

it('is false for every other change', () => {
  expect(isPlayersOnly({ kind: 'usage', serverId: 'home/a', usage: null })).toBe(false);
  expect(isPlayersOnly({ kind: 'server-removed', serverId: 'home/a' })).toBe(false);
});

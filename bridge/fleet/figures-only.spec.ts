import { expect, it } from 'vitest';
import { playersOnline } from '../../tests/support/entities.js';
import { isFiguresOnly } from './figures-only.js';

it.each([
  [true, { players: playersOnline(3) }],
  [true, { players: null, reach: null }],
  [true, { near: ['memory' as const] }],
  [false, { players: null, power: 'offline' as const }],
  [false, { power: 'running' as const }],
])('%s for %o', (isIt, patch) => {
  expect(isFiguresOnly({ kind: 'server-patched', serverId: 'home/a', patch })).toBe(isIt);
});

it('is true for usage, and false for every other change', () => {
  expect(isFiguresOnly({ kind: 'usage', serverId: 'home/a', usage: null })).toBe(true);
  expect(isFiguresOnly({ kind: 'server-removed', serverId: 'home/a' })).toBe(false);
});

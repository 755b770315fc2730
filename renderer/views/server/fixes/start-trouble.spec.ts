import { expect, it } from 'vitest';
import { aServer } from '../../../../tests/support/entities.js';
import { anEvent } from '../../../../tests/support/history-events.js';
import { startTrouble } from './start-trouble.js';

const by = { kind: 'unknown' } as const;
const started = (at: number, serverId = 'home/1') =>
  anEvent({ at, serverId, what: { kind: 'started', by, upAt: null } });
const crashed = (at: number) => anEvent({ at });
const down = aServer({ id: 'home/1', power: 'offline', crashedAt: 900 });

it('a crash is shown with the time since the previous start', () => {
  const events = [started(800, 'home/2'), crashed(700), started(580), crashed(300), started(100)];
  expect(startTrouble(down, null, events)).toEqual({ at: 900, ranMs: 120 });
});

it('an unseen start has no such time', () => {
  expect(startTrouble(down, null, [crashed(700)])).toEqual({ at: 900, ranMs: null });
  expect(startTrouble(down, null, [])).toEqual({ at: 900, ranMs: null });
});

it('a failed restart and a named cause are troubles, too', () => {
  const server = aServer({ power: 'offline', crashedAt: null });
  expect(startTrouble({ ...server, restartFailedAt: 5 }, null, [])).toEqual({ at: 5, ranMs: null });
  expect(startTrouble(server, { kind: 'port', at: 7, lines: [] }, [])).toEqual({ at: 7, ranMs: null });
});

it('a server that runs or was stopped has none', () => {
  expect(startTrouble({ ...down, power: 'running' }, null, [])).toBeNull();
  expect(startTrouble({ ...down, crashedAt: null }, null, [])).toBeNull();
});

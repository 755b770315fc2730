import { expect, it } from 'vitest';
import { applyChanges, emptyFleet, type FleetState } from '../../../bridge/fleet/changes.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { iconShape, type IconShape } from './icon-shape.js';

function fleet(servers: Partial<Server>[]): FleetState {
  return applyChanges(emptyFleet, [
    { kind: 'account-upserted', account: anAccount() },
    ...servers.map((fields, at) => ({
      kind: 'server-upserted' as const,
      server: aServer({ id: `home/${at}`, ...fields }),
    })),
  ]);
}
const all = (): boolean => true;

it.each<[string, IconShape, Partial<Server>[]]>([
  ['no server', 'idle', []],
  ['servers that run or are off', 'idle', [{ power: 'running' }, { power: 'offline' }]],
  ['one that the host has closed', 'idle', [{ condition: 'suspended' }, { power: 'running' }]],
  ['one that starts', 'busy', [{ power: 'starting' }, { power: 'running' }]],
  ['one that nobody knows of', 'unknown', [{ power: null }, { power: 'starting' }]],
  ['one that crashed', 'crashed', [{ power: 'offline', crashedAt: 1 }, { power: null }]],
])('the icon of a fleet with %s is %s', (_what, shape, servers) => {
  expect(iconShape(fleet(servers), all)).toBe(shape);
});

it('the icon is the bird if no panel is connected', () => {
  expect(iconShape(emptyFleet, all)).toBe('idle');
});

it('the icon ignores servers that are left out', () => {
  const state = fleet([{ power: 'offline', crashedAt: 1 }, { power: null }, { power: 'running' }]);
  expect(iconShape(state, ({ id }) => id !== 'home/0')).toBe('unknown');
  expect(iconShape(state, ({ id }) => id === 'home/2')).toBe('idle');
  expect(iconShape(state, () => false)).toBe('idle');
});

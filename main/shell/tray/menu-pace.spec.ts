import { expect, it } from 'vitest';
import { applyChanges, emptyFleet, type FleetState } from '../../../bridge/fleet/changes.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { aServer } from '../../../tests/support/entities.js';
import { discoveryEveryMs, menuEveryMs, menuPace } from './menu-pace.js';

function fleet(heard: number, unheard: number, last: Partial<Server> = {}): FleetState {
  const servers = Array.from({ length: heard + unheard }, (_, at) =>
    aServer({ id: `home/${at}`, power: at < heard ? 'running' : null }),
  );
  return applyChanges(
    emptyFleet,
    [...servers, aServer({ id: 'home/last', ...last })].map((server) => ({
      kind: 'server-upserted',
      server,
    })),
  );
}

it('the menu stays unchanged while a large fleet is polled for the first time', () => {
  expect(menuPace(fleet(100, 900))).toBe(discoveryEveryMs);
});

it.each<[string, FleetState]>([
  ['a small fleet', fleet(0, 20)],
  ['a large fleet that fills its first menu', fleet(3, 997)],
  ['a large fleet that is known', fleet(998, 2)],
  ['somebody who waits', fleet(100, 900, { pending: { signal: 'stop', since: 0 } })],
])('the menu keeps its usual pace for %s', (_what, state) => {
  expect(menuPace(state)).toBe(menuEveryMs);
});

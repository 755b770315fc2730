import { expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import type { NetworkAllocation } from '../../bridge/schema/network.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { listNetwork } from './network.js';

const map: NetworkAllocation = {
  id: 2,
  ip: '203.0.113.10',
  alias: null,
  port: 8123,
  notes: 'Map, token=hunter2hunter2',
  isDefault: false,
};
const variable = {
  name: 'Map port',
  description: '',
  envVariable: 'MAP_PORT',
  defaultValue: '',
  serverValue: '8123',
  isEditable: true,
  rules: '',
};

function ask(kind: 'program' | 'person', { permissions = ['*'], isRefused = false } = {}) {
  const store = new FleetStore();
  const { limits } = aServer();
  const server = aServer({
    id: 'home/1',
    name: 'Lobby',
    isOwner: false,
    permissions,
    limits: { ...limits, allocations: 3 },
  });
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server },
  ]);
  const startup = { variables: [variable], command: '', template: '', images: [] };
  const actions = {
    'network.list': async () => [map],
    'startup.read': async () => {
      if (isRefused) throw new PerchError(aProblem('timeout'));
      return startup;
    },
  };
  const deps = { store, clock: new FakeClock(), actions };
  return listNetwork(deps, { name: 'Lobby' }, { client: { kind, name: 'Robot' } });
}

it('addresses have the variables that hold their ports, and the limit', async () => {
  expect(await ask('person')).toMatchObject({
    server: { name: 'Lobby' },
    addresses: [{ ...map, usedBy: ['Map port'] }],
    limit: 3,
  });
});

it('a program gets no text that looks secret', async () => {
  const found = await ask('program');
  expect(found.addresses[0]?.notes).toMatch(/^Map/);
  expect(JSON.stringify(found)).not.toContain('hunter2');
});

it.each([{ permissions: ['allocation.read'] }, { isRefused: true }])(
  'the use of a port stays unknown with %j',
  async (given) => {
    expect((await ask('person', given)).addresses[0]?.usedBy).toBeNull();
  },
);

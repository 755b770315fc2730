import { expect, it, vi } from 'vitest';
import { standInId } from '../../bridge/people/unread.js';
import type { Person } from '../../bridge/schema/people.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { listPeople } from './people.js';

const sam = {
  uuid: 'of-sam',
  name: 'sam@example.com',
  email: 'sam@example.com',
  hasTwoFactor: true,
  permissions: ['control.start'],
};

async function listed(kind: 'program' | 'person', others: readonly Person[] = []) {
  const store = new FleetStore();
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server: aServer({ id: 'home/1', name: 'Lobby' }) },
  ]);
  const list = vi.fn(async () => [sam, ...others]);
  const deps = { store, clock: new FakeClock(), actions: { 'people.list': list } };
  const found = await listPeople(deps, { name: 'Lobby' }, { client: { kind, name: 'Robot' } });
  expect(list).toHaveBeenCalledExactlyOnceWith({ serverId: 'home/1' });
  return found;
}

it('shows a person who shares a server', async () => {
  const { server, people } = await listed('person');
  expect(server.name).toBe('Lobby');
  expect(people).toEqual([
    { name: 'sam@example.com', email: 'sam@example.com', hasTwoFactor: true, permissions: ['control.start'] },
  ]);
});

it('counts people whom nobody could read, and names none of them', async () => {
  const unread = { ...sam, uuid: standInId(1), name: '', email: '' };
  const found = await listed('person', [unread]);
  expect([found.people.length, found.unread]).toEqual([1, 1]);
});

it('gives a program no address', async () => {
  const found = await listed('program');
  expect(found.people).toMatchObject([{ name: 'sam', email: null, hasTwoFactor: true }]);
  expect(JSON.stringify(found.people)).not.toContain('example.com');
});

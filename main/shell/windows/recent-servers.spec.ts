import { expect, it } from 'vitest';
import { someMemory } from '../../../tests/support/entities.js';
import { settle } from '../../../tests/support/fake-clock.js';
import { HeldFields } from '../../../tests/support/held-fields.js';
import { RecentServers } from './recent-servers.js';

function setUp(...serverIds: string[]) {
  return new HeldFields(someMemory({ visits: serverIds.map((serverId) => ({ serverId, at: 1 })) }));
}

const server = (serverId: string, tab?: 'events') =>
  ({ kind: 'server', serverId, ...(tab === undefined ? {} : { tab }) }) as const;

it('the last opened server comes first, with its time, and each server once', async () => {
  const memory = setUp('home/1', 'home/2', 'home/3');
  new RecentServers(memory).show(1, server('home/2'), 7);
  await settle();
  expect(memory.current.visits).toEqual([
    { serverId: 'home/2', at: 7 },
    { serverId: 'home/1', at: 1 },
    { serverId: 'home/3', at: 1 },
  ]);
});

it('the time of the last look is kept behind the server that was opened next', async () => {
  const memory = setUp();
  const recent = new RecentServers(memory);
  recent.show(1, server('home/1'), 2);
  recent.show(1, server('home/2'), 5);
  await settle();
  expect(memory.current.visits).toEqual([
    { serverId: 'home/2', at: 5 },
    { serverId: 'home/1', at: 5 },
  ]);
  recent.show(1, { kind: 'fleet' }, 9);
  await settle();
  expect(memory.current.visits[0]).toEqual({ serverId: 'home/2', at: 9 });
  expect(memory.written).toBe(3);
});

it('a new window does not count as a look at the server of the window before', async () => {
  const memory = setUp();
  const recent = new RecentServers(memory);
  recent.show(1, server('home/1'), 2);
  recent.show(2, { kind: 'fleet' }, 9);
  await settle();
  expect(memory.current.visits).toEqual([{ serverId: 'home/1', at: 2 }]);
});

it('another tab of the same server, or a view of none, stores nothing', async () => {
  const memory = setUp('home/1');
  const recent = new RecentServers(memory);
  recent.show(1, server('home/1'), 7);
  recent.show(1, server('home/1', 'events'), 8);
  await settle();
  expect(memory.written).toBe(0);
});

it('a full disk is ignored', async () => {
  const memory = setUp();
  memory.refuses = new Error('full');
  new RecentServers(memory).show(1, server('home/1'), 7);
  await settle();
  expect(memory.current.visits).toEqual([]);
});

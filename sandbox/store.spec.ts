import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { demoSeed } from './data/seed.js';
import { Store, StoreError } from './store.js';
import { removeFolder } from '../tests/support/remove-folder.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-store-'));
});
afterEach(() => removeFolder(folder));

const open = (fresh = false): Promise<Store> =>
  Store.open(folder, fresh, () => demoSeed('2026-01-01T00:00:00.000Z'));

test('changes are there after a restart', async () => {
  const first = await open();
  const [survival] = first.world.servers.values();
  if (!survival) throw new Error('The demo has servers.');
  survival.name = 'Renamed';
  survival.values['DIFFICULTY'] = 'hard';
  first.world.saveServer(survival);
  survival.lastState = 'offline';
  first.world.saveServer(survival);
  const keys = [...first.world.keys.keys()];
  first.world.removeKey(keys[0] ?? '');
  await first.close();

  const second = await open();
  expect(second.world.servers.get(survival.uuid)).toEqual(survival);
  expect([...second.world.keys.keys()].sort()).toEqual(keys.slice(1).sort());
  expect([...second.world.servers.values()].map((server) => server.id)).toEqual(
    Array.from({ length: 10 }, (_, at) => at + 1),
  );
  await second.close();
});

test('schedules are there after a restart with their queue, in order, and numbers continue', async () => {
  const first = await open();
  const [survival] = first.world.servers.values();
  const at = '2026-01-01T00:00:00.000Z';
  const task = { action: 'command', payload: 'say hi', timeOffset: 60, continueOnFailure: false };
  for (let count = 0; count < 11; count += 1) {
    const taskId = first.world.nextTaskId();
    first.world.saveSchedule({
      id: first.world.nextScheduleId(),
      serverUuid: survival?.uuid ?? '',
      name: 'Nightly',
      cron: { minute: '0', hour: '4', dayOfMonth: '*', month: '*', dayOfWeek: '*' },
      isActive: true,
      isProcessing: true,
      onlyWhenOnline: false,
      lastRunAt: null,
      nextRunAt: at,
      createdAt: at,
      updatedAt: at,
      tasks: [{ ...task, id: taskId, sequence: 1, isQueued: true, createdAt: at, updatedAt: at }],
      queue: [{ taskId, dueAt: 1000, byHand: false, failures: 0 }],
    });
  }
  first.world.removeSchedule(2);
  const before = first.world.schedulesOf(survival?.uuid ?? '');
  await first.close();

  const second = await open();
  expect(second.world.schedulesOf(survival?.uuid ?? '')).toEqual(before);
  expect([second.world.nextScheduleId(), second.world.nextTaskId()]).toEqual([12, 12]);
  await second.close();
});

test('databases are there after a restart, in order, and numbers continue', async () => {
  const first = await open();
  const [survival] = first.world.servers.values();
  for (let count = 0; count < 11; count += 1) {
    const id = first.world.nextDatabaseId();
    first.world.saveDatabase({
      id,
      serverUuid: survival?.uuid ?? '',
      host: { address: '127.0.0.1', port: 3306 },
      name: `s1_db${id}`,
      username: `u1_${id}`,
      password: 'secret',
      remote: '%',
      maxConnections: 0,
    });
  }
  first.world.removeDatabase(2);
  const before = first.world.databasesOf(survival?.uuid ?? '');
  expect(before).toHaveLength(10);
  await first.close();

  const second = await open();
  expect(second.world.databasesOf(survival?.uuid ?? '')).toEqual(before);
  expect(second.world.nextDatabaseId()).toBe(12);
  second.world.removeServer(survival?.uuid ?? '');
  expect(second.world.databases.size).toBe(0);
  await second.close();
});

test('fresh forgets all data and makes new keys', async () => {
  const first = await open();
  const [survival] = first.world.servers.values();
  if (survival) first.world.saveServer({ ...survival, name: 'Renamed' });
  const before = [...first.world.keys.keys()];
  await first.close();
  const second = await open(true);
  expect([...second.world.servers.values()][0]?.name).toBe('Survival');
  expect([...second.world.keys.keys()].some((key) => before.includes(key))).toBe(false);
  await second.close();
});

test('keys have the shape of real keys', async () => {
  const store = await open();
  for (const key of store.world.keys.keys()) expect(key).toMatch(/^ptlc_[A-Za-z0-9]{43}$/);
  await store.close();
});

test('a folder that another sandbox uses, or that is no folder, is refused in a sentence', async () => {
  const first = await open();
  await expect(open()).rejects.toThrow(/^Another sandbox is using the data folder/);
  await first.close();
  writeFileSync(join(folder, 'file'), '');
  const wrong = Store.open(join(folder, 'file'), false, () => demoSeed(''));
  await expect(wrong).rejects.toBeInstanceOf(StoreError);
});

test('servers are found by short id and UUID, without case', async () => {
  const { world, ...rest } = await open().then((store) => ({ world: store.world, store }));
  const [survival] = world.servers.values();
  expect(world.findServer(survival?.uuid.slice(0, 8).toUpperCase() ?? '')).toBe(survival);
  expect(world.findServer(survival?.uuid.toUpperCase() ?? '')).toBe(survival);
  expect(world.findServer('1')).toBeNull();
  await rest.store.close();
});

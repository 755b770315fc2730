import { describe, expect, it, vi } from 'vitest';
import type { RemoteInput } from '../../bridge/schema/remote.js';
import { aDatabase } from '../../tests/support/some-databases.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { changeDatabase, listDatabases, type RemoteDatabasesDeps } from './databases.js';

type Change = RemoteInput<'changeDatabase'>['change'];

function setUp(kind: 'program' | 'person', kept = [aDatabase()]) {
  const store = new FleetStore();
  const { limits } = aServer();
  const server = aServer({ id: 'home/1', name: 'Lobby', limits: { ...limits, databases: 3 } });
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server },
  ]);
  const actions = {
    'databases.list': vi.fn(async () => kept),
    'databases.create': vi.fn(async () => aDatabase({ id: 'new', name: 's32_second' })),
    'databases.rotate': vi.fn(async () => aDatabase()),
    'databases.remove': vi.fn(async () => undefined),
  };
  const demand = vi.fn(async () => undefined);
  const deps: RemoteDatabasesDeps = { store, clock: new FakeClock(), actions, consent: { demand } };
  const call = {
    client: { kind, name: 'Robot' },
    event: () => undefined,
    ended: new Promise<void>(() => undefined),
    isEnded: false,
  };
  const change = (wanted: Change, more: object = {}) =>
    changeDatabase(deps, { name: 'Lobby', change: wanted, isAgreed: false, confirm: null, ...more }, call);
  return { actions, demand, change, list: () => listDatabases(deps, { name: 'Lobby' }) };
}

const create = { kind: 'create', name: 'second', from: '%' } as const;
const rotate = { kind: 'rotate', database: 'main' } as const;
const remove = { kind: 'delete', database: 's32_main' } as const;

it('the list has the limit, and no password', async () => {
  const found = await setUp('program').list();
  expect(found).toMatchObject({ server: { name: 'Lobby' }, databases: [aDatabase()], limit: 3 });
  expect(JSON.stringify(found)).not.toMatch(/password/i);
});

describe('a person', () => {
  it('creates without a question', async () => {
    const { change, actions, demand } = setUp('person');
    expect(await change(create)).toMatchObject({ database: { name: 's32_second' } });
    expect(actions['databases.create']).toHaveBeenCalledExactlyOnceWith({
      serverId: 'home/1',
      name: 'second',
      from: '%',
    });
    expect(demand).not.toHaveBeenCalled();
  });

  it('never takes the number of a database for another database', async () => {
    const kept = [aDatabase({ id: '7', name: 's32_main' }), aDatabase({ id: '8', name: 's32_7' })];
    const { change, actions } = setUp('person', kept);
    await expect(change({ kind: 'rotate', database: '7' }, { isAgreed: true })).rejects.toMatchObject({
      failure: { cause: 'no-server', candidates: ['s32_main (7)', 's32_7 (8)'] },
    });
    expect(actions['databases.rotate']).not.toHaveBeenCalled();
  });

  it('agrees to a new password first', async () => {
    const { change, actions } = setUp('person');
    await expect(change(rotate)).rejects.toMatchObject({ failure: { cause: 'needs-yes' } });
    expect(actions['databases.rotate']).not.toHaveBeenCalled();
    await change(rotate, { isAgreed: true });
    expect(actions['databases.rotate']).toHaveBeenCalledExactlyOnceWith({
      serverId: 'home/1',
      database: 'R719VEq2',
    });
  });

  it('deletes only with the whole name, whatever else the person agrees to', async () => {
    const { change, actions } = setUp('person');
    for (const confirm of [null, 'main', 'Lobby', 'S32_MAIN']) {
      await expect(change(remove, { confirm, isAgreed: true })).rejects.toMatchObject({
        failure: { cause: 'needs-yes' },
      });
    }
    expect(actions['databases.remove']).not.toHaveBeenCalled();
    await change(remove, { confirm: 's32_main' });
    expect(actions['databases.remove']).toHaveBeenCalledExactlyOnceWith({
      serverId: 'home/1',
      database: 'R719VEq2',
      typed: 's32_main',
    });
  });

  it.each(['s32_main', 'main', 'R719VEq2', 'S32_Main'])('names a database as %s', async (database) => {
    const { change, actions } = setUp('person', [aDatabase(), aDatabase({ id: '7', name: 's32_other' })]);
    await change({ kind: 'rotate', database }, { isAgreed: true });
    expect(actions['databases.rotate']).toHaveBeenCalledWith({ serverId: 'home/1', database: 'R719VEq2' });
  });

  it('gets the candidates where a name means none, or several', async () => {
    const { change } = setUp('person', [aDatabase(), aDatabase({ id: '7' })]);
    for (const database of ['nothing', 's32_main']) {
      await expect(change({ kind: 'rotate', database })).rejects.toMatchObject({
        failure: { cause: 'no-server', candidates: ['s32_main (R719VEq2)', 's32_main (7)'] },
      });
    }
  });
});

describe('a program', () => {
  it.each([
    [create, { kind: 'database', change: 'create', name: 'second', from: '%' }],
    [rotate, { kind: 'database', change: 'rotate', name: 's32_main', from: '' }],
  ])('asks the person before %j', async (wanted, action) => {
    const { change, demand } = setUp('program');
    await change(wanted, { isAgreed: true });
    expect(demand).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ client: 'Robot', action }));
  });

  it.each([create, rotate])('changes nothing after a no: %j', async (wanted) => {
    const { change, demand, actions } = setUp('program');
    demand.mockRejectedValue(new Error('no'));
    await expect(change(wanted)).rejects.toThrow('no');
    expect(actions['databases.create']).not.toHaveBeenCalled();
    expect(actions['databases.rotate']).not.toHaveBeenCalled();
  });

  it('deletes nothing, and asks nobody', async () => {
    const { change, demand, actions } = setUp('program');
    await expect(change(remove, { confirm: 's32_main' })).rejects.toMatchObject({
      failure: { cause: 'refused' },
    });
    expect(demand).not.toHaveBeenCalled();
    expect(actions['databases.list']).not.toHaveBeenCalled();
  });
});

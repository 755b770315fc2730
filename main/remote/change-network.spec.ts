import { describe, expect, it, vi } from 'vitest';
import type { NetworkAllocation } from '../../bridge/schema/network.js';
import type { RemoteInput } from '../../bridge/schema/remote.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { changeNetwork, type ChangeNetworkDeps } from './change-network.js';

type Change = RemoteInput<'changeNetwork'>['change'];

const game: NetworkAllocation = {
  id: 1,
  ip: '203.0.113.10',
  alias: 'play.example.com',
  port: 25565,
  notes: null,
  isDefault: true,
};
const map: NetworkAllocation = { ...game, id: 2, alias: null, port: 8123, notes: 'Map', isDefault: false };
const added: NetworkAllocation = { ...map, id: 9, port: 8200, notes: null };

function setUp(kind: 'program' | 'person', kept: readonly NetworkAllocation[] = [game, map]) {
  const store = new FleetStore();
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server: aServer({ id: 'home/1', name: 'Lobby' }) },
  ]);
  const actions = {
    'network.list': vi.fn(async () => kept),
    'network.add': vi.fn(async () => [...kept, added]),
    'network.note': vi.fn(async () => kept),
    'network.makeDefault': vi.fn(async () => kept),
    'network.remove': vi.fn(async () => kept.filter(({ id }) => id !== 2)),
  };
  const demand = vi.fn(async () => undefined);
  const deps: ChangeNetworkDeps = { store, clock: new FakeClock(), actions, consent: { demand } };
  const call = {
    client: { kind, name: 'Robot' },
    event: () => undefined,
    ended: new Promise<void>(() => undefined),
    isEnded: false,
  };
  const change = (wanted: Change, isAgreed = false) =>
    changeNetwork(deps, { name: 'Lobby', change: wanted, isAgreed }, call);
  const changes = ['network.add', 'network.note', 'network.makeDefault', 'network.remove'] as const;
  const isUntouched = (): boolean => changes.every((verb) => actions[verb].mock.calls.length === 0);
  return { actions, demand, change, isUntouched };
}

const remove = { kind: 'remove', address: '8123' } as const;
const makeDefault = { kind: 'default', address: '203.0.113.10:8123' } as const;
const note = { kind: 'note', address: '8123', notes: 'Live map' } as const;
const add = { kind: 'add' } as const;

describe('a person', () => {
  it('adds an address without a question, and gets the new address', async () => {
    const { change, demand } = setUp('person');
    expect(await change(add)).toMatchObject({ server: { name: 'Lobby' }, address: added });
    expect(demand).not.toHaveBeenCalled();
  });

  it.each([
    [remove, 'network.remove'],
    [makeDefault, 'network.makeDefault'],
  ] as const)('agrees first to %j', async (wanted, verb) => {
    const { change, actions, isUntouched } = setUp('person');
    await expect(change(wanted)).rejects.toMatchObject({ failure: { cause: 'needs-yes' } });
    expect(isUntouched()).toBe(true);
    expect(await change(wanted, true)).toMatchObject({ address: { port: 8123 } });
    expect(actions[verb]).toHaveBeenCalledExactlyOnceWith({ serverId: 'home/1', allocation: 2 });
  });

  it('sees old and new notes before notes are replaced', async () => {
    const { change, actions, isUntouched } = setUp('person');
    const refused = await change(note).catch((error: unknown) => error);
    expect(refused).toMatchObject({ failure: { cause: 'needs-yes' } });
    expect((refused as { failure: { next: string } }).failure.next).toMatch(/Map.*Live map/);
    await expect(change({ ...note, notes: '' })).rejects.toMatchObject({ failure: { cause: 'needs-yes' } });
    expect(isUntouched()).toBe(true);
    await change(note, true);
    const ref = { serverId: 'home/1', allocation: 2 };
    expect(actions['network.note']).toHaveBeenCalledExactlyOnceWith({
      ...ref,
      notes: 'Live map',
      replaces: 'Map',
    });
  });

  it('writes first notes, or the same notes, without a question', async () => {
    const { change, actions } = setUp('person');
    await change({ ...note, address: 'play.example.com:25565' });
    await change({ ...note, notes: 'Map' });
    expect(actions['network.note']).toHaveBeenCalledTimes(2);
  });

  it('gets the candidates where a name means none, or several', async () => {
    const twin = { ...map, id: 3, ip: '198.51.100.1' };
    const { change } = setUp('person', [game, map, twin]);
    await expect(change(remove)).rejects.toMatchObject({
      failure: { cause: 'no-server', candidates: ['203.0.113.10:8123', '198.51.100.1:8123'] },
    });
    await expect(change({ ...remove, address: '1' })).rejects.toMatchObject({
      failure: { candidates: expect.arrayContaining(['203.0.113.10:25565 (play.example.com)']) },
    });
  });
});

describe('a program', () => {
  const of = { kind: 'network', address: '203.0.113.10:8123', notes: '', before: 'Map' } as const;

  it.each([
    [add, { ...of, change: 'add', address: '', before: '' }],
    [remove, { ...of, change: 'remove' }],
    [makeDefault, { ...of, change: 'default', before: '' }],
    [note, { ...of, change: 'note', notes: 'Live map' }],
  ])('asks the person before %j, and changes nothing after a no', async (wanted, action) => {
    const { change, demand, isUntouched } = setUp('program');
    demand.mockRejectedValueOnce(new Error('no'));
    await expect(change(wanted, true)).rejects.toThrow('no');
    expect(isUntouched()).toBe(true);
    await change(wanted);
    expect(isUntouched()).toBe(false);
    expect(demand).toHaveBeenLastCalledWith(expect.objectContaining({ client: 'Robot', action }));
  });

  it('asks for no notes that read otherwise than they are', async () => {
    const { change, demand, actions } = setUp('program');
    await expect(change({ ...note, notes: 'a\u202eb' })).rejects.toMatchObject({
      failure: { cause: 'usage' },
    });
    expect(demand).not.toHaveBeenCalled();
    expect(actions['network.list']).not.toHaveBeenCalled();
  });
});

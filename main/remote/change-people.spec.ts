import { describe, expect, it, vi } from 'vitest';
import type { RemoteInput } from '../../bridge/schema/remote.js';
import { anAccount, aServer, someSettings } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { changePeople, type ChangePeopleDeps } from './change-people.js';

type Change = RemoteInput<'changePeople'>['change'];

const sam = {
  uuid: 'of-sam',
  name: 'sam',
  email: 'sam@example.com',
  hasTwoFactor: true,
  permissions: ['control.start'],
};
const anna = { ...sam, uuid: 'of-anna', name: 'anna@example.com', email: 'anna@example.com' };
const known = ['control.console', 'control.start', 'backup.read', 'file.read', 'user.read'];
const catalogue = [
  { name: 'all', description: '', permissions: known.map((id) => ({ id, description: '' })) },
];
const ownRoles = [{ id: '1', name: 'Streamer', permissions: ['control.start', 'gone.away'] }];

function setUp(kind: 'program' | 'person', isEnded = false) {
  const store = new FleetStore();
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server: aServer({ id: 'home/1', name: 'Lobby' }) },
  ]);
  const actions = {
    'people.list': vi.fn(async () => [sam, anna]),
    'people.add': vi.fn(async () => anna),
    'people.remove': vi.fn(async () => undefined),
    'permissions.read': vi.fn(async () => catalogue),
  };
  const demand = vi.fn(async () => undefined);
  const deps: ChangePeopleDeps = {
    store,
    clock: new FakeClock(),
    actions,
    settings: { current: someSettings({ ownRoles }) },
    consent: { demand },
  };
  const call = {
    client: { kind, name: 'Robot' },
    event: () => undefined,
    ended: new Promise<void>(() => undefined),
    isEnded,
  };
  const change = (wanted: Change, isAgreed = false) =>
    changePeople(deps, { name: 'Lobby', change: wanted, isAgreed }, call);
  return { actions, demand, change };
}

const give = { kind: 'give', email: 'anna@example.com', role: 'moderator', permissions: null } as const;
const remove = { kind: 'remove', person: 'sam' } as const;
const ofModerator = ['backup.read', 'control.console', 'control.start'];

describe('a person', () => {
  it('sees the permissions in words before somebody gets them', async () => {
    const { change, actions } = setUp('person');
    const refused = (await change(give).catch((error: unknown) => error)) as {
      failure: { cause: string; message: string; candidates: string[] };
    };
    expect(refused.failure).toMatchObject({ cause: 'needs-yes' });
    expect(refused.failure.message).toContain('anna@example.com');
    expect(refused.failure.candidates).toHaveLength(3);
    expect(refused.failure.candidates).not.toContain('control.start');
    expect(actions['people.add']).not.toHaveBeenCalled();
    expect(await change(give, true)).toMatchObject({
      server: { name: 'Lobby' },
      person: { email: 'anna@example.com' },
    });
    expect(actions['people.add']).toHaveBeenCalledExactlyOnceWith({
      serverId: 'home/1',
      email: 'anna@example.com',
      permissions: ofModerator,
    });
  });

  it.each<[object, string[]]>([
    [{ role: 'Streamer' }, ['control.start']],
    [{ role: 'reader' }, ['backup.read', 'file.read']],
    [{ role: null, permissions: ['file.read', 'control.start'] }, ['control.start', 'file.read']],
  ])('gives with %j what the panel knows of it', async (wanted, permissions) => {
    const { change, actions } = setUp('person');
    await change({ ...give, ...wanted }, true);
    expect(actions['people.add']).toHaveBeenCalledWith(expect.objectContaining({ permissions }));
  });

  it.each<[object, string[] | undefined]>([
    [{ role: 'Owner' }, ['moderator', 'builder', 'developer', 'reader', 'Streamer']],
    [{ role: null }, undefined],
    [{ role: null, permissions: ['file.read', 'file.eat'] }, ['file.eat']],
  ])('gives nothing with %j', async (wanted, candidates) => {
    const { change, actions } = setUp('person');
    const failure = { cause: 'usage', ...(candidates === undefined ? {} : { candidates }) };
    await expect(change({ ...give, ...wanted }, true)).rejects.toMatchObject({ failure });
    expect(actions['people.add']).not.toHaveBeenCalled();
  });

  it.each(['sam', 'SAM@example.com', 'Sam'])('removes the access of %s after a yes', async (person) => {
    const { change, actions } = setUp('person');
    await expect(change({ ...remove, person })).rejects.toMatchObject({
      failure: { cause: 'needs-yes', message: expect.stringContaining('sam (sam@example.com)') as unknown },
    });
    expect(actions['people.remove']).not.toHaveBeenCalled();
    await change({ ...remove, person }, true);
    expect(actions['people.remove']).toHaveBeenCalledExactlyOnceWith({
      serverId: 'home/1',
      person: 'of-sam',
    });
  });

  it.each([
    ['person', 'sam@example.com'],
    ['program', 'sam'],
  ] as const)('never gets another person for %s: %s', async (kind, person) => {
    const { change, actions } = setUp(kind);
    const mallory = { ...sam, uuid: 'of-mallory', name: 'sam@example.com', email: 'm@example.com' };
    actions['people.list'].mockResolvedValue([mallory, sam]);
    await expect(change({ ...remove, person }, true)).rejects.toMatchObject({
      failure: { cause: 'no-server' },
    });
    expect(actions['people.remove']).not.toHaveBeenCalled();
  });

  it('gets the list of people of the server if nobody has the name', async () => {
    const { change } = setUp('person');
    await expect(change({ ...remove, person: 'bob' }, true)).rejects.toMatchObject({
      failure: { cause: 'no-server', candidates: ['sam', 'anna@example.com'] },
    });
  });
});

describe('a program', () => {
  it.each([
    [give, { change: 'give', who: 'anna@example.com', permissions: ofModerator }, 'people.add'],
    [remove, { change: 'remove', who: 'sam (sam@example.com)', permissions: [] }, 'people.remove'],
  ] as const)('asks the person before %j, and does nothing after a no', async (wanted, action, verb) => {
    const { change, demand, actions } = setUp('program');
    demand.mockRejectedValueOnce(new Error('no'));
    await expect(change(wanted, true)).rejects.toThrow('no');
    expect(actions[verb]).not.toHaveBeenCalled();
    const { person } = await change(wanted);
    expect(person.email).toBeNull();
    expect(JSON.stringify(person)).not.toContain('example.com');
    expect(demand).toHaveBeenLastCalledWith(
      expect.objectContaining({ client: 'Robot', action: { kind: 'access', ...action } }),
    );
  });

  it('names somebody without the address that is the name, and gets no address', async () => {
    const { change, actions } = setUp('program');
    await change({ ...remove, person: 'anna' });
    expect(actions['people.remove']).toHaveBeenCalledWith({ serverId: 'home/1', person: 'of-anna' });
    await expect(change({ ...remove, person: 'bob' })).rejects.toMatchObject({
      failure: { candidates: ['sam', 'anna'] },
    });
  });

  it.each([
    [
      'an address that is the name too',
      { name: `${'a'.repeat(80)}@example.com` },
      `${'a'.repeat(80)}@example.com`,
    ],
    ['a long name', { name: 'b'.repeat(80) }, `${'b'.repeat(59)}… (${'a'.repeat(80)}@example.com)`],
    ['no address', { name: 'bob', email: '' }, 'bob'],
  ])('asks about somebody with %s, whose address stays whole', async (_with, fields, who) => {
    const { change, actions, demand } = setUp('program');
    const person = { ...sam, email: `${'a'.repeat(80)}@example.com`, ...fields };
    actions['people.list'].mockResolvedValue([person]);
    await change({ ...remove, person: person.name });
    const action = { kind: 'access', change: 'remove', who, permissions: [] };
    expect(demand).toHaveBeenLastCalledWith(expect.objectContaining({ action }));
  });

  it('changes nothing after it has gone', async () => {
    const { change, actions } = setUp('program', true);
    await expect(change(give)).rejects.toMatchObject({ failure: { cause: 'refused' } });
    await expect(change(remove)).rejects.toMatchObject({ failure: { cause: 'refused' } });
    expect(actions['people.add']).not.toHaveBeenCalled();
    expect(actions['people.remove']).not.toHaveBeenCalled();
  });

  it.each(['a\u202e@example.com', '"nobody access, but" @example.com', 'anna'])(
    'asks for no address that reads otherwise: %j',
    async (email) => {
      const { change, demand } = setUp('program');
      await expect(change({ ...give, email })).rejects.toMatchObject({ failure: { cause: 'usage' } });
      expect(demand).not.toHaveBeenCalled();
    },
  );
});

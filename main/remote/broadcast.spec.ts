import { describe, expect, it, vi } from 'vitest';
import type { BulkRun } from '../../bridge/schema/bulk.js';
import type { Server } from '../../bridge/schema/domain.js';
import { RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteInput } from '../../bridge/schema/remote.js';
import { anAccount, aServer, someSettings } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { Emitter } from '../base/emitter.js';
import { FleetStore } from '../fleet/store.js';
import { broadcast } from './broadcast.js';
import type { Call } from './call.js';

const nobody = { count: 0, slots: 20, source: 'query', seenAt: 0 } as const;

function setUp(
  answer: { outcome: 'done' | 'refused' | 'no-answer'; line: string | null },
  kind: 'person' | 'program',
) {
  const store = new FleetStore();
  const fields: readonly Partial<Server>[] = [
    { name: 'Survival' },
    { name: 'Creative', players: nobody },
    { name: 'Vikings', game: 'valheim' },
  ];
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    ...fields.map((one, at) => ({
      kind: 'server-upserted' as const,
      server: aServer({
        id: `home/${at}`,
        uuid: `${at}`,
        identifier: `id${at}`,
        power: 'running',
        game: 'minecraft',
        ...one,
      }),
    })),
  ]);
  const runs = new Emitter<BulkRun | null>();
  const bulk = { current: null as BulkRun | null, start: vi.fn(), listen: runs.listen.bind(runs) };
  bulk.start.mockImplementation((ids: string[]) => {
    const items = ids.map((serverId) => ({ serverId, name: '', outcome: 'done' as const, problem: null }));
    const times = { startedAt: 0, nextAt: null, finishedAt: 1, pauseMs: 0 };
    bulk.current = { id: 'run', action: 'message', items, ...times, isCancelled: false, waitsForEach: false };
  });
  const said = vi.fn(() => Promise.resolve(answer));
  const demand = vi.fn(() => Promise.resolve());
  const groups = [
    { id: 'g', name: 'Night shift', serverIds: ['home/1', 'home/2', 'home/gone'], isCollapsed: false },
  ];
  const deps = {
    store,
    clock: new FakeClock(),
    bulk,
    broadcasts: { say: said },
    settings: { current: someSettings({ groups }) },
    consent: { demand },
  };
  const call: Call<'broadcast'> = {
    client: { kind, name: 'Robot' },
    event: () => undefined,
    ended: new Promise(() => undefined),
    isEnded: false,
  };
  const ask = async (input: Partial<RemoteInput<'broadcast'>>) => {
    const wanted = { names: [], group: null, isAll: false, evenEmpty: false, isAgreed: true, text: 'Hello' };
    const { results } = await broadcast(deps, { ...wanted, ...input }, call);
    return results.map(({ server, outcome }) => `${server.name} ${outcome}`);
  };
  return { ask, bulk, demand, said };
}

const done = { outcome: 'done', line: '[Server] Hello' } as const;

describe('a message of the command line', () => {
  it('goes to one server at once, with the answer of the console', async () => {
    const { ask, bulk, said } = setUp(done, 'person');
    expect(await ask({ names: ['Survival'], isAgreed: false })).toEqual(['Survival done']);
    expect(said).toHaveBeenCalledExactlyOnceWith(
      { serverId: 'home/0', text: 'Hello' },
      { kind: 'me', bulk: false },
    );
    expect(bulk.start).not.toHaveBeenCalled();
    const refused = setUp({ outcome: 'refused', line: 'Unknown command' }, 'person');
    expect(await refused.ask({ names: ['Survival'] })).toEqual(['Survival failed']);
    const silent = setUp({ outcome: 'no-answer', line: null }, 'person');
    expect(await silent.ask({ names: ['Survival'] })).toEqual(['Survival sent']);
  });

  it('leaves out empty servers of a group and of all, and those without a command', async () => {
    const { ask, bulk } = setUp(done, 'person');
    expect(await ask({ isAll: true })).toEqual(['Survival done', 'Creative skipped', 'Vikings skipped']);
    expect(bulk.start).toHaveBeenLastCalledWith(['home/0'], 'message', { text: 'Hello' });
    expect(await ask({ group: 'night SHIFT', evenEmpty: true })).toEqual([
      'Creative done',
      'Vikings skipped',
    ]);
    expect(await ask({ names: ['Creative'], isAll: true })).toContain('Creative done');
  });

  it('asks before several servers, and names them and the text', async () => {
    const { ask, bulk } = setUp(done, 'person');
    const asked = ask({ isAll: true, evenEmpty: true, isAgreed: false, text: 'Hi\nthere' });
    await expect(asked).rejects.toMatchObject({
      failure: {
        cause: 'needs-yes',
        message: 'Send a message to the players of 2 servers?',
        next: 'Hi there',
        candidates: ['Survival', 'Creative'],
      },
    });
    expect(bulk.start).not.toHaveBeenCalled();
  });

  it('is refused without a server, and for an unknown group', async () => {
    const { ask } = setUp(done, 'person');
    await expect(ask({})).rejects.toThrow(RemoteError);
    await expect(ask({ group: 'Day' })).rejects.toMatchObject({
      failure: { cause: 'no-server', candidates: ['Night shift'] },
    });
  });
});

describe('a message of a program', () => {
  it('needs the consent to the whole command, and names the program in the log', async () => {
    const { ask, demand, said } = setUp(done, 'program');
    await ask({ names: ['Survival'] });
    const action = { kind: 'command', command: 'say Hello' };
    expect(demand).toHaveBeenCalledWith(expect.objectContaining({ client: 'Robot', action }));
    expect(said).toHaveBeenCalledWith(expect.anything(), { kind: 'me', bulk: false, program: 'Robot' });
  });

  it('goes to one server only', async () => {
    const { ask, bulk } = setUp(done, 'program');
    await expect(ask({ isAll: true })).rejects.toMatchObject({ failure: { cause: 'usage' } });
    expect(bulk.start).not.toHaveBeenCalled();
  });
});

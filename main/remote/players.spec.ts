import { expect, it, vi } from 'vitest';
import type { ServerPlayers } from '../../bridge/schema/players.js';
import type { RemoteInput } from '../../bridge/schema/remote.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { actOnPlayer, playersOn, type RemotePlayersDeps } from './players.js';

type Order = Partial<RemoteInput<'actOnPlayer'>>;

const began = new FakeClock().now();

function setUp(kind: 'program' | 'person' = 'person', known: Partial<ServerPlayers> | null = null) {
  const store = new FleetStore();
  const clock = new FakeClock();
  const server = aServer({ name: 'Survival', game: 'minecraft', power: 'running' });
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server },
  ]);
  const act = vi.fn(async () => ({ outcome: 'done' as const, line: 'Kicked Anna' }));
  const demand = vi.fn(async () => undefined);
  const query = {
    state: 'answers',
    place: null,
    choice: null,
    askedAt: 0,
    answeredAt: 0,
    nextAt: null,
  } as const;
  const players: ServerPlayers = {
    online: null,
    bots: 0,
    map: null,
    names: null,
    countOnly: null,
    panel: null,
    query: { ...query, problem: null },
  };
  const deps: RemotePlayersDeps = {
    store,
    clock,
    consent: { demand },
    settings: { current: { playerVerbs: {} } },
    playerActs: { act },
    playersOf: () => (known === null ? null : { ...players, ...known }),
  };
  const call = {
    client: { kind, name: 'Robot' },
    event: () => undefined,
    ended: new Promise<void>(() => undefined),
    isEnded: false,
  };
  const order = { name: 'Survival', verb: 'kick', player: 'Anna', text: '', isAgreed: false } as const;
  return {
    act,
    demand,
    call,
    server,
    list: () => playersOn(deps, { name: 'Survival' }),
    ask: (given: Order = {}) => actOnPlayer(deps, { ...order, ...given }, call),
  };
}

it('prints the number with its source and age, and names without control characters', async () => {
  const { list } = setUp('person', {
    online: { count: 2, slots: 20, source: 'query', seenAt: began - 12_000 },
    names: [{ name: 'An\u001b[31mna\u202e', since: began - 30_000, pingMs: 12 }],
  });
  expect(await list()).toMatchObject({
    server: { name: 'Survival' },
    online: { count: 2, slots: 20, source: 'query', ageMs: 12_000 },
    players: [{ name: 'Anna', sinceMs: 30_000, pingMs: 12 }],
  });
});

it('says that the names are from the console, and whether they are all', async () => {
  const { list } = setUp('person', {
    names: [{ name: 'Anna', since: began - 30_000, pingMs: null }],
    ofConsole: { since: began - 90_000, isWhole: false },
  });
  expect(await list()).toMatchObject({ ofConsole: { sinceMs: 90_000, isWhole: false } });
});

it('says that no players are known', async () => {
  const { list } = setUp();
  expect(await list()).toMatchObject({ online: null, players: null });
});

it.each(['kick', 'ban', 'op'] as const)('asks a person before %s', async (verb) => {
  const { act, ask } = setUp();
  await expect(ask({ verb })).rejects.toMatchObject({
    failure: { cause: 'needs-yes', message: `This sends to “Survival”: ${verb} Anna` },
  });
  expect(act).not.toHaveBeenCalled();
  expect(await ask({ verb, isAgreed: true })).toMatchObject({ outcome: 'done', line: 'Kicked Anna' });
});

it('sends a message of a person without a question', async () => {
  const { act, ask, demand, server } = setUp();
  await ask({ verb: 'message', text: 'hello' });
  const order = { serverId: server.id, verb: 'message', player: 'Anna', text: 'hello' };
  expect(act).toHaveBeenCalledExactlyOnceWith(order, { kind: 'me', bulk: false });
  expect(demand).not.toHaveBeenCalled();
});

it('asks the person for each command of a program, and names the program', async () => {
  const { act, ask, demand } = setUp('program');
  await ask({ verb: 'message', text: 'hello' });
  expect(demand).toHaveBeenCalledWith(
    expect.objectContaining({ client: 'Robot', action: { kind: 'command', command: 'tell Anna hello' } }),
  );
  expect(act).toHaveBeenCalledWith(expect.anything(), { kind: 'me', bulk: false, program: 'Robot' });
});

it('sends nothing for a program that was refused or has gone', async () => {
  const { act, ask, call, demand } = setUp('program');
  demand.mockRejectedValueOnce(new Error('refused'));
  await expect(ask()).rejects.toThrow('refused');
  demand.mockImplementationOnce(async () => {
    call.isEnded = true;
    return undefined;
  });
  await expect(ask()).rejects.toThrow('cancelled');
  expect(act).not.toHaveBeenCalled();
});

it('refuses a command of a program that a person cannot read', async () => {
  const { act, ask, demand } = setUp('program');
  await expect(ask({ verb: 'message', text: 'a\u3164b' })).rejects.toThrow('hidden characters');
  expect(demand).not.toHaveBeenCalled();
  expect(act).not.toHaveBeenCalled();
});

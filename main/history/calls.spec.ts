import { expect, it, vi } from 'vitest';
import type { StateRun, UsageSample } from '../../bridge/schema/history.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { aSample } from '../../tests/support/samples.js';
import { historyCalls } from './calls.js';

const serverId = 'home/1';
const run: StateRun = { from: 1, to: 2, state: 'running' };

function setUp() {
  const clock = new FakeClock();
  const past = {
    usage: vi.fn((): Promise<UsageSample[]> => Promise.resolve([])),
    states: vi.fn(() => Promise.resolve([run])),
    events: vi.fn(() => Promise.resolve({ events: [], isEnd: true })),
  };
  const accountOf = (id: string): string | undefined => (id === serverId ? 'home' : undefined);
  return { clock, past, calls: historyCalls({ clock, past, accountOf }) };
}

it('figures and states of a server are read', async () => {
  const { calls, past } = setUp();
  expect(await calls['history.usage']({ serverId, range: '30d' })).toEqual({ samples: [] });
  expect(past.usage).toHaveBeenCalledExactlyOnceWith(serverId, '30d');
  expect(await calls['history.states']({ serverId, from: 1, to: 2 })).toEqual({ runs: [run] });
  expect(past.states).toHaveBeenCalledExactlyOnceWith(serverId, 1, 2);
});

it('states of many servers are read once each, without servers of unknown state', async () => {
  const { calls, past } = setUp();
  past.states.mockResolvedValueOnce([{ ...run, state: 'unknown' }]);
  const serverIds = ['home/2', serverId, serverId];
  expect(await calls['history.statesOf']({ serverIds, from: 1, to: 2 })).toEqual({
    servers: [{ serverId, runs: [run] }],
  });
  expect(past.states).toHaveBeenCalledTimes(2);
});

it('the last hour of many servers is read', async () => {
  const { calls, past } = setUp();
  const serverIds = ['home/1', 'home/2'];
  expect(await calls['history.sparks']({ serverIds })).toEqual({
    lines: serverIds.map((id) => ({ serverId: id, points: [] })),
  });
  expect(past.usage.mock.calls).toEqual(serverIds.map((id) => [id, '1h']));
});

it('peak and busiest hour of players are local times, and the peak has the time of main', async () => {
  const { calls, clock, past } = setUp();
  clock.jump(7 * 60 * 60_000);
  const at = clock.now() - 60_000;
  past.usage.mockResolvedValueOnce([aSample(at, { players: 3 })]);
  const local = new Date(clock.wall() - 60_000);
  expect(await calls['players.week']({ serverId })).toEqual({
    peak: { count: 3, at },
    best: { weekday: local.getDay(), hour: local.getHours(), mean: 3 },
  });
  expect(past.usage).toHaveBeenCalledExactlyOnceWith(serverId, '30d');
});

it('older events of all servers, or of one server, are read', async () => {
  const { calls, past } = setUp();
  await calls['events.older']({ before: 'e1', limit: 50 });
  expect(past.events).toHaveBeenLastCalledWith({ before: 'e1', limit: 50, about: null });
  await calls['events.older']({ before: 'e1', limit: 50, serverId });
  expect(past.events).toHaveBeenLastCalledWith({ before: 'e1', limit: 50, about: [serverId] });
});

it('the events of a server include those of its account, if the account is known', async () => {
  const { calls, past } = setUp();
  expect(await calls['events.ofServer']({ serverId, from: 5 })).toEqual({ events: [] });
  expect(past.events).toHaveBeenLastCalledWith(
    expect.objectContaining({ about: [serverId, 'home'], from: 5 }),
  );
  await calls['events.ofServer']({ serverId: 'gone/1', from: 5 });
  expect(past.events).toHaveBeenLastCalledWith(expect.objectContaining({ about: ['gone/1'] }));
});

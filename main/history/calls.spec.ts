import { expect, it, vi } from 'vitest';
import type { StateRun } from '../../bridge/schema/history.js';
import { historyCalls } from './calls.js';

const serverId = 'home/1';
const run: StateRun = { from: 1, to: 2, state: 'running' };

function setUp() {
  const past = {
    usage: vi.fn(() => Promise.resolve([])),
    states: vi.fn(() => Promise.resolve([run])),
    events: vi.fn(() => Promise.resolve({ events: [], isEnd: true })),
  };
  const accountOf = (id: string): string | undefined => (id === serverId ? 'home' : undefined);
  return { past, calls: historyCalls({ past, accountOf }) };
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

it('older events of all servers, or of one, are read', async () => {
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

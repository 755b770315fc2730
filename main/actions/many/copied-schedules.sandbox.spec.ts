/**
 * One schedule for thirty servers, on every panel that the sandbox plays, under its throttles and with lost answers:
 * all servers have the schedule, none twice.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import { isSameSchedule, type WholeSchedule } from '../../../bridge/schedules/whole.js';
import { dialects } from '../../../sandbox/panel/dialects.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { ThirtyServers, thirtyIds } from '../../../tests/support/thirty-servers.js';
import { copySchedule } from '../servers/copy-schedule.js';

const task = { offsetSeconds: 0, continuesAfterFailure: false };
const nightly: WholeSchedule = {
  fields: {
    name: 'Nightly',
    cron: { minute: '0', hour: '4', dayOfMonth: '*', month: '*', dayOfWeek: '*' },
    isActive: true,
    onlyWhenOnline: true,
  },
  tasks: [
    { ...task, action: 'command', payload: 'say Restart in a minute' },
    { ...task, action: 'power', payload: 'restart', offsetSeconds: 60, continuesAfterFailure: true },
  ],
};
const lost = new PerchError(aProblem('timeout', { maybeDone: true }));

let thirty: ThirtyServers;

afterEach(() => thirty.end());

/** A panel with thirty servers, and Perch's bulk actions on them. */
async function begin(dialect: string, clientLimit: number) {
  /** Identifiers of the servers whose next answer of this call gets lost after the panel has done it. */
  const losing = { createSchedule: new Set<string>(), addTask: new Set<string>() };
  let asks = 0;
  thirty = await ThirtyServers.start({
    dialect,
    clientLimit,
    spoil: (client) => ({
      createSchedule: async (identifier, fields) => {
        const made = await client.createSchedule(identifier, fields);
        if (losing.createSchedule.delete(identifier)) throw lost;
        return made;
      },
      addTask: async (identifier, schedule, fields) => {
        const made = await client.addTask(identifier, schedule, fields);
        if (losing.addTask.delete(identifier)) throw lost;
        return made;
      },
    }),
    work: (deps) => ({
      copySchedule: (serverId, copy) => {
        asks += 1;
        return copySchedule(deps, serverId, copy);
      },
    }),
  });
  return {
    losing,
    asks: () => asks,
    copy: (wanted: WholeSchedule) => thirty.run('copy-schedule', { schedule: wanted }),
    /** Schedules of each server as the panel has them, in a later minute. */
    kept: () => thirty.each((identifier) => thirty.client.schedules(identifier)),
  };
}

describe.each(Object.keys(dialects))('copies of a schedule on %s', (dialect) => {
  it('are all there and none double, after throttles and lost answers', async () => {
    const { asks, copy, kept, losing } = await begin(dialect, 100);
    const { client, identifiers } = thirty;
    // Another user has just used up the requests to create schedules that the panel allows in a minute for these
    // servers.
    for (const identifier of identifiers.slice(0, 5)) {
      for (const name of ['One', 'Two']) await client.createSchedule(identifier, { ...nightly.fields, name });
    }
    identifiers.slice(8, 14).forEach((identifier) => losing.createSchedule.add(identifier));
    identifiers.slice(11, 17).forEach((identifier) => losing.addTask.add(identifier));
    expect(await copy(nightly)).toEqual(thirtyIds.map(() => 'done'));
    for (const schedules of await kept()) {
      const ours = schedules.filter(({ name }) => name === 'Nightly');
      expect(ours).toHaveLength(1);
      expect(ours.every((one) => isSameSchedule(one, nightly))).toBe(true);
    }
    // The general limit alone, 100 calls a minute, is less than half of the calls of thirty copies.
    expect(asks()).toBeGreaterThan(thirtyIds.length);
    // A second time no schedule is left to copy.
    expect(await copy(nightly)).toEqual(thirtyIds.map(() => 'done'));
    for (const schedules of await kept()) {
      expect(schedules.filter(({ name }) => name === 'Nightly')).toHaveLength(1);
    }
  });

  it('leave another schedule of the name alone, and nothing of a refused copy', async () => {
    const { copy, kept } = await begin(dialect, 10_000);
    const { bulk, client, identifiers } = thirty;
    await client.createSchedule(identifiers[0] ?? '', { ...nightly.fields, isActive: false });
    const refused = [...nightly.tasks, { ...task, action: 'explode', payload: 'x' }];
    const outcomes = await copy({ ...nightly, tasks: refused });
    expect(outcomes).toEqual(thirtyIds.map(() => 'failed'));
    expect(bulk.current?.items[0]?.problem?.message.id).toBe('actions.schedule-other');
    expect(bulk.current?.items[1]?.problem?.code).toBe('invalid');
    const [first, ...others] = await kept();
    expect(first).toMatchObject([{ name: 'Nightly', isActive: false, tasks: [] }]);
    expect(others.flat()).toEqual([]);
  });
});

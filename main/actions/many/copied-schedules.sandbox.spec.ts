/**
 * One schedule for thirty servers, on every panel that the sandbox plays, under its throttles and with lost answers:
 * all servers have the schedule, none twice.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import { isSameSchedule, type WholeSchedule } from '../../../bridge/schedules/whole.js';
import { dialects } from '../../../sandbox/panel/dialects.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aNetwork } from '../../../tests/support/direct-network.js';
import { aServer, someMemory, someSettings } from '../../../tests/support/entities.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { FakeLog } from '../../../tests/support/fake-log.js';
import { HeldFields } from '../../../tests/support/held-fields.js';
import { PanelRig } from '../../../tests/support/panel-rig.js';
import { trusting } from '../../../tests/support/trusting.js';
import { FleetStore } from '../../fleet/store.js';
import type { PanelApi } from '../../panel/api.js';
import { createPanelClient } from '../../panel/client.js';
import type { ServerDeps } from '../deps.js';
import { copySchedule } from '../servers/copy-schedule.js';
import { BulkPower } from './bulk-power.js';

const count = 30;
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
const ids = Array.from({ length: count }, (_, at) => `home/${at}`);
const lost = new PerchError(aProblem('timeout', { maybeDone: true }));

let rig: PanelRig;
let client: PanelApi;

afterEach(async () => {
  await client.close();
  await rig.end();
});

/** A panel with thirty servers, and Perch's bulk actions on them. */
async function begin(dialect: string, clientLimit: number) {
  rig = await PanelRig.start({ dialect, clientLimit, log: () => undefined });
  const survival = rig.server('Survival');
  const uuids = ids.map((_, at) => `${String(at).padStart(8, '0')}-0000-4000-8000-000000000000`);
  const free = Math.max(...[...rig.world.servers.values()].map(({ id }) => id)) + 1;
  uuids.forEach((uuid, at) =>
    rig.world.servers.set(uuid, { ...survival, id: free + at, uuid, name: `Copy ${at}` }),
  );
  const clock = new FakeClock();
  client = createPanelClient({
    panelUrl: rig.panel.url,
    http: aNetwork().http(trusting()),
    authorize: (use) => use(rig.keyOf('owner')),
    clock,
    log: new FakeLog(),
  });
  /** Identifiers of the servers whose next answer of this call gets lost after the panel has done it. */
  const losing = { createSchedule: new Set<string>(), addTask: new Set<string>() };
  const panel: PanelApi = {
    ...client,
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
  };
  const store = new FleetStore();
  const identifiers = uuids.map((uuid) => uuid.slice(0, 8));
  store.apply(
    ids.map((id, at) => ({
      kind: 'server-upserted' as const,
      server: aServer({ id, identifier: identifiers[at] ?? '', name: `Copy ${at}`, permissions: null }),
    })),
  );
  const deps = { store, fleet: { server: () => ({ panel, reread: { refused: () => undefined } }) } };
  let asks = 0;
  const bulk = new BulkPower({
    store,
    clock,
    log: new FakeLog(),
    settings: { current: someSettings() },
    memory: new HeldFields(someMemory()),
    look: () => Promise.reject(new Error('A copy needs no state.')),
    turn: () => Promise.resolve(),
    sendPower: () => Promise.reject(new Error('This is no signal.')),
    backUp: () => Promise.reject(new Error('This is no backup.')),
    tellPlayers: () => Promise.reject(new Error('This is no message.')),
    copySchedule: (serverId, copy) => {
      asks += 1;
      return copySchedule(deps as unknown as ServerDeps, serverId, copy);
    },
    newId: () => 'run',
    onEnded: () => undefined,
  });
  return {
    bulk,
    losing,
    identifiers,
    asks: () => asks,
    /** Copies, and lets the time pass that panels ask for. */
    copy: async (wanted: WholeSchedule): Promise<string[]> => {
      bulk.start(ids, 'copy-schedule', { schedule: wanted });
      while (bulk.current?.finishedAt === null) {
        const waitMs = (bulk.current.nextAt ?? 0) - clock.now();
        if (waitMs > 0) {
          rig.now += waitMs;
          await clock.advance(waitMs);
        } else await new Promise((resolve) => setTimeout(resolve, 2));
      }
      return (bulk.current?.items ?? []).map(({ outcome }) => outcome);
    },
    /** Schedules of each server as the panel has them, in a later minute. */
    kept: async () => {
      rig.now += 120_000;
      await clock.advance(120_000);
      const all = [];
      for (const identifier of identifiers) {
        rig.now += 5000;
        await clock.advance(5000);
        all.push(await client.schedules(identifier));
      }
      return all;
    },
  };
}

describe.each(Object.keys(dialects))('copies of a schedule on %s', (dialect) => {
  it('are all there and none double, after throttles and lost answers', async () => {
    const { asks, copy, identifiers, kept, losing } = await begin(dialect, 100);
    // Somebody else has just used up what the panel creates in a minute for these servers.
    for (const identifier of identifiers.slice(0, 5)) {
      for (const name of ['One', 'Two']) await client.createSchedule(identifier, { ...nightly.fields, name });
    }
    identifiers.slice(8, 14).forEach((identifier) => losing.createSchedule.add(identifier));
    identifiers.slice(11, 17).forEach((identifier) => losing.addTask.add(identifier));
    expect(await copy(nightly)).toEqual(ids.map(() => 'done'));
    for (const schedules of await kept()) {
      const ours = schedules.filter(({ name }) => name === 'Nightly');
      expect(ours).toHaveLength(1);
      expect(ours.every((one) => isSameSchedule(one, nightly))).toBe(true);
    }
    // The general limit alone, 100 calls a minute, is less than half of the calls of thirty copies.
    expect(asks()).toBeGreaterThan(count);
    // A second time there is nothing to do.
    expect(await copy(nightly)).toEqual(ids.map(() => 'done'));
    for (const schedules of await kept()) {
      expect(schedules.filter(({ name }) => name === 'Nightly')).toHaveLength(1);
    }
  }, 120_000);

  it('leave another schedule of the name alone, and nothing of a refused copy', async () => {
    const { bulk, copy, identifiers, kept } = await begin(dialect, 10_000);
    await client.createSchedule(identifiers[0] ?? '', { ...nightly.fields, isActive: false });
    const refused = [...nightly.tasks, { ...task, action: 'explode', payload: 'x' }];
    const outcomes = await copy({ ...nightly, tasks: refused });
    expect(outcomes).toEqual(ids.map(() => 'failed'));
    expect(bulk.current?.items[0]?.problem?.message.id).toBe('actions.schedule-other');
    expect(bulk.current?.items[1]?.problem?.code).toBe('invalid');
    const [first, ...others] = await kept();
    expect(first).toMatchObject([{ name: 'Nightly', isActive: false, tasks: [] }]);
    expect(others.flat()).toEqual([]);
  }, 120_000);
});

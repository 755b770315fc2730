/** A planned restart on every panel that the sandbox plays: written, run by the panel's cron, changed, found again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planFields, planTasks, type PlannedRestart } from '../../../bridge/schedules/planned-restart.js';
import { readPlannedRestart } from '../../../bridge/schedules/read-planned-restart.js';
import type { WholeSchedule } from '../../../bridge/schedules/whole.js';
import type { Schedule } from '../../../bridge/schema/schedules.js';
import { dialects } from '../../../sandbox/panel/dialects.js';
import { aNetwork } from '../../../tests/support/direct-network.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { FakeLog } from '../../../tests/support/fake-log.js';
import { PanelRig } from '../../../tests/support/panel-rig.js';
import { trusting } from '../../../tests/support/trusting.js';
import { createPanelClient } from '../../panel/client.js';
import type { PanelApi } from '../../panel/api.js';
import type { PanelServer } from '../../panel/wire/server.js';
import { changeWhole, createWhole } from './whole-schedule.js';

const second = 1000;
const plan: PlannedRestart = {
  name: 'Nightly',
  isActive: true,
  onlyWhenOnline: true,
  minute: 5,
  days: [0, 1, 2, 3, 4, 5, 6],
  warnings: [600, 60, 30],
  line: 'say The server restarts in {time}.',
  act: { kind: 'restart' },
};

let rig: PanelRig;
let client: PanelApi;
let server: PanelServer;

afterEach(async () => {
  await client.close();
  await rig.end();
});

function whole(of: PlannedRestart): WholeSchedule {
  return { fields: planFields(of), tasks: planTasks(of) };
}

function seen({ id: _id, tasks, ...fields }: Schedule): WholeSchedule {
  return { fields, tasks };
}

describe.each(Object.keys(dialects))('a planned restart of %s', (dialect) => {
  beforeEach(async () => {
    rig = await PanelRig.start({ dialect, log: () => undefined });
    client = createPanelClient({
      panelUrl: rig.panel.url,
      http: aNetwork().http(trusting()),
      authorize: (use) => use(rig.keyOf('owner')),
      clock: new FakeClock(),
      log: new FakeLog(),
    });
    const { uuid } = rig.server('Survival');
    const listed = (await client.servers()).find((one) => one.uuid === uuid);
    if (listed === undefined) throw new Error('The panel does not list the server.');
    server = listed;
  });

  const made = async (of: PlannedRestart): Promise<Schedule> => {
    const { schedule, problem } = await createWhole(client, server.identifier, whole(of));
    if (schedule === null || problem !== null) throw new Error(JSON.stringify(problem));
    return schedule;
  };

  it('warns and restarts at its times, before and behind midnight', async () => {
    const schedule = await made(plan);
    expect(readPlannedRestart(schedule)).toEqual({ kind: 'plan', plan });
    expect(new Date(schedule.nextRunAt ?? 0).toISOString()).toMatch(/T23:55:00/);
    rig.uses('Survival', { state: 'running' });
    const node = rig.nodes.get(rig.server('Survival').nodeId);
    const orders: string[] = [];
    rig.now = schedule.nextRunAt ?? 0;
    for (let at = 0; at <= 11 * 60; at += 10) {
      const before = node?.asked.length ?? 0;
      await rig.panel.scheduler.tick();
      const clock = new Date(rig.now).toISOString().slice(11, 19);
      const asked = node?.asked.slice(before).filter((one) => /^(command|power)/.test(one)) ?? [];
      orders.push(...asked.map((one) => `${clock} ${one}`));
      rig.now += 10 * second;
    }
    expect(orders).toEqual([
      '23:55:00 command say The server restarts in 10 min.',
      '00:04:00 command say The server restarts in 1 min.',
      '00:04:30 command say The server restarts in 30 s.',
      '00:05:00 power restart',
    ]);
  });

  it('is changed by the fewest calls into any other, and back', async () => {
    const act = { kind: 'back-up', afterStop: 60, afterBackup: 300, leaveOut: 'logs' } as const;
    const others = [
      { ...plan, line: 'say Down in {time}!' },
      { ...plan, warnings: [600, 300, 60, 30, 10], minute: 240, days: [1, 3] },
      { ...plan, warnings: [], act },
      plan,
    ];
    let present = await made(plan);
    for (const other of others) {
      const { schedule, problem } = await changeWhole(client, server, present.id, {
        wanted: whole(other),
        replaces: seen(present),
      });
      expect(problem).toBeNull();
      if (schedule === null) throw new Error('The panel did not tell.');
      expect(readPlannedRestart(schedule)).toMatchObject({
        kind: 'plan',
        plan: { ...other, line: other.warnings.length === 0 ? '' : other.line },
      });
      expect(schedule.isActive).toBe(true);
      present = schedule;
    }
    expect(await client.schedules(server.identifier)).toHaveLength(1);
  });

  it('that the panel refuses half way is off, and is finished by a second call', async () => {
    rig.server('Survival').featureLimits.backups = 0;
    const wanted = {
      ...plan,
      act: { kind: 'back-up', afterStop: 60, afterBackup: 60, leaveOut: '' },
    } as const;
    const half = await createWhole(client, server.identifier, whole(wanted));
    expect(half.problem?.message.id).toBe('panel.no-backup-task');
    expect([half.schedule?.isActive, half.schedule?.tasks.length]).toEqual([false, 4]);
    rig.server('Survival').featureLimits.backups = 2;
    if (half.schedule === null) throw new Error('The panel did not tell.');
    const { schedule, problem } = await changeWhole(client, server, half.id, {
      wanted: whole(wanted),
      replaces: seen(half.schedule),
    });
    expect([problem, schedule?.isActive, schedule?.tasks.length]).toEqual([null, true, 6]);
  });
});

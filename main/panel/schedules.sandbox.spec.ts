/** Calls about schedules, to every panel that the sandbox plays: the answers, and the messages for refusals. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { taskRemovalPermission } from '../../bridge/panel/permissions.js';
import { scheduleSchema, type ScheduleFields, type TaskFields } from '../../bridge/schema/schedules.js';
import { dialects } from '../../sandbox/panel/dialects.js';
import { PanelClients, refusal } from '../../tests/support/panel-clients.js';
import { PanelRig } from '../../tests/support/panel-rig.js';
import type { PanelApi } from './api.js';

let rig: PanelRig;
let clients: PanelClients;
let server = '';

afterEach(async () => {
  await clients.close();
  await rig.end();
});

const nightly: ScheduleFields = {
  name: 'Nightly ✓',
  cron: { minute: '0', hour: '4', dayOfMonth: '*', month: '*', dayOfWeek: '*' },
  isActive: true,
  onlyWhenOnline: true,
};
const say: TaskFields = {
  action: 'command',
  payload: 'say hi',
  offsetSeconds: 0,
  continuesAfterFailure: false,
};

describe.each(Object.keys(dialects))('schedules of %s', (dialect) => {
  let client: PanelApi;
  beforeEach(async () => {
    rig = await PanelRig.start({ dialect, log: () => undefined });
    server = rig.server('Survival').uuid.slice(0, 8);
    clients = new PanelClients(rig);
    client = clients.of();
  });

  it('are created, read, changed, run and deleted', async () => {
    const made = await client.createSchedule(server, nightly);
    expect(made).toMatchObject({ ...nightly, isProcessing: false, lastEndedAt: null, tasks: [] });
    expect(made.nextRunAt).toBe(Date.parse('2026-01-02T04:00:00Z'));
    expect(await client.addTask(server, made.id, say)).toMatchObject({ ...say, place: 1 });
    const second = await client.addTask(server, made.id, {
      action: 'power',
      payload: 'restart',
      offsetSeconds: 900,
      continuesAfterFailure: true,
      place: 1,
    });
    const [read, ...others] = await client.schedules(server);
    expect(others).toEqual([]);
    expect(scheduleSchema.parse(read)).toEqual(read);
    expect(read?.tasks.map(({ action, place }) => `${place} ${action}`)).toEqual(['1 power', '2 command']);

    await client.changeTask(server, { schedule: made.id, task: second.id }, { ...say, payload: 'say bye' });
    rig.uses('Survival', { state: 'running' });
    await client.runSchedule(server, made.id);
    rig.now += 1000;
    await rig.panel.scheduler.tick();
    const node = rig.nodes.get(rig.server('Survival').nodeId);
    expect(node?.asked.filter((each) => each.startsWith('command'))).toEqual([
      'command say bye',
      'command say hi',
    ]);
    expect((await client.schedule(server, made.id)).lastEndedAt).not.toBeNull();

    const changed = await client.changeSchedule(server, made.id, { ...nightly, isActive: false });
    expect(changed).toMatchObject({ isActive: false, onlyWhenOnline: true });
    await client.deleteTask(server, { schedule: made.id, task: second.id });
    expect((await client.schedule(server, made.id)).tasks).toHaveLength(1);
    await client.deleteSchedule(server, made.id);
    expect(await client.schedules(server)).toEqual([]);
  });

  it('read the offset of the time zone of their panel', async () => {
    rig.state.timeZone = 'Europe/Berlin';
    const { nextRunAt, offsetMinutes } = await client.createSchedule(server, nightly);
    expect([nextRunAt, offsetMinutes]).toEqual([Date.parse('2026-01-02T03:00:00Z'), 60]);
  });

  it('say why they are refused', async () => {
    const bad = { ...nightly, cron: { ...nightly.cron, dayOfMonth: '31', month: '2' } };
    expect(await refusal(client.createSchedule(server, bad))).toEqual(['invalid', 'panel.bad-cron']);
    const { id } = await client.createSchedule(server, nightly);
    expect(await refusal(client.runSchedule(server, id))).toEqual(['conflict', 'panel.no-tasks']);
    expect(await refusal(client.schedule(server, 99))).toEqual(['not-found', 'panel.no-schedule']);
    expect(await refusal(client.addTask(server, id, { ...say, offsetSeconds: 901 }))).toEqual([
      'invalid',
      'panel.invalid',
    ]);
    rig.server('Survival').featureLimits.backups = 0;
    const backup = { ...say, action: 'backup', payload: '' };
    expect(await refusal(client.addTask(server, id, backup))).toEqual(['conflict', 'panel.no-backup-task']);
    for (let count = 0; count < 10; count += 1) await client.addTask(server, id, say);
    expect(await refusal(client.addTask(server, id, say))).toEqual(['conflict', 'panel.task-limit']);
    rig.server('Survival').status = 'suspended';
    expect(await refusal(client.schedules(server))).toEqual(['conflict', 'panel.conflict-suspended']);
  });

  it('report a stopped server, where the panel reports it', async () => {
    const { id } = await client.createSchedule(server, { ...nightly, onlyWhenOnline: false });
    await client.addTask(server, id, say);
    const run = client.runSchedule(server, id);
    if (dialect === 'pelican') await expect(run).resolves.toBeUndefined();
    else expect(await refusal(run)).toEqual(['conflict', 'panel.run-refused']);
    rig.panel.limits.refill();
    rig.gateway.setFault(rig.server('Survival'), { kind: 'reset' });
    expect(await refusal(client.runSchedule(server, id))).toEqual(['node-unreachable', 'panel.node-down']);
  });

  it('name the missing permission', async () => {
    const { id } = await client.createSchedule(server, nightly);
    for (const subuser of rig.server('Survival').subusers) subuser.permissions = ['schedule.read'];
    const subuser = clients.of('subuser');
    expect(await subuser.schedules(server)).toHaveLength(1);
    await expect(subuser.runSchedule(server, id)).rejects.toMatchObject({
      problem: { code: 'forbidden', permission: 'schedule.update' },
    });
    await expect(subuser.deleteSchedule(server, id)).rejects.toMatchObject({
      problem: { code: 'forbidden', permission: 'schedule.delete' },
    });
  });

  it('lose a task by the permission that Perch asks for, and by no other', async () => {
    const { id } = await client.createSchedule(server, nightly);
    const doomed = { schedule: id, task: (await client.addTask(server, id, say)).id };
    const listed = (await client.servers()).find(({ identifier }) => identifier === server);
    if (listed === undefined) throw new Error('The panel lists no such server.');
    const needed = taskRemovalPermission(listed);
    const subuser = clients.of('subuser');
    const gives = (permission: string): void => {
      for (const one of rig.server('Survival').subusers) one.permissions = ['schedule.read', permission];
    };
    gives(needed === 'schedule.update' ? 'schedule.delete' : 'schedule.update');
    expect(await refusal(subuser.deleteTask(server, doomed))).toEqual(['forbidden', 'panel.forbidden']);
    gives(needed);
    await subuser.deleteTask(server, doomed);
    expect((await client.schedule(server, id)).tasks).toEqual([]);
  });

  it('are paced by their own limit alone', async () => {
    await client.createSchedule(server, nightly);
    await client.createSchedule(server, nightly);
    const third = client.createSchedule(server, nightly);
    if (dialect === 'panel-1.11' || dialect === 'reference') {
      await third;
    } else {
      await expect(third).rejects.toMatchObject({
        problem: { code: 'rate-limited', ofServer: true, message: { id: 'panel.schedule-throttled' } },
      });
      expect(client.rateLimit()).not.toBe(2);
    }
    expect((await client.schedules(server)).length).toBeGreaterThan(1);
  });
});

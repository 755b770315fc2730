import { describe, expect, it } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import type { ServerPatch } from '../../../bridge/fleet/changes.js';
import { fieldsOf, taskFieldsOf } from '../../../bridge/schedules/fields.js';
import type { Schedule } from '../../../bridge/schema/schedules.js';
import { aServerActionsRig } from '../../../tests/support/server-actions-rig.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aSchedule, aTask } from '../../../tests/support/some-schedules.js';
import type { PanelServer } from '../../panel/wire/server.js';

const serverId = 'home/u1';
const lost = aProblem('timeout', { maybeDone: true });

async function rig(
  planned: readonly Schedule[] = [aSchedule()],
  fields: ServerPatch = {},
  listed: Partial<PanelServer> = {},
) {
  const made = await aServerActionsRig(fields, listed);
  const { panel } = made;
  panel.planned = [...planned];
  return { ...made, sent: () => panel.asked.filter((asked) => !/^schedules? /.test(asked)) };
}

describe('the permissions of a key', () => {
  it.each([
    ['schedules.list', {}, 'schedule.read'],
    ['schedules.view', { schedule: 1 }, 'schedule.read'],
    ['schedules.setActive', { schedule: 1, isActive: false }, 'schedule.update'],
    ['schedules.remove', { schedule: 1 }, 'schedule.delete'],
    ['schedules.run', { schedule: 1, again: false }, 'schedule.update'],
    ['schedules.removeTask', { schedule: 1, task: 1 }, 'schedule.update'],
  ] as const)('%s: no request to a panel that would refuse', async (name, input, permission) => {
    const { actions, panel } = await rig(undefined, { permissions: ['control.console'] });
    const call = actions[name] as (input: object) => Promise<unknown>;
    await expect(call({ serverId, ...input })).rejects.toMatchObject({
      problem: { code: 'forbidden', permission },
    });
    expect(panel.asked).toEqual([]);
  });

  it.each([
    ['with-name', 'schedule.update'],
    ['apart', 'schedule.delete'],
  ] as const)(
    'where a description is %s, a task is deleted with %s alone',
    async (description, permission) => {
      const naming = { nameMax: 191, descriptionMax: null, description };
      const only = await rig(undefined, { permissions: [permission] }, { naming });
      await only.actions['schedules.removeTask']({ serverId, schedule: 1, task: 1 });
      expect(only.sent()).toEqual(['deleteTask u1 1 1']);
      const permissions = ['schedule.update', 'schedule.delete'].filter((one) => one !== permission);
      const others = await rig(undefined, { permissions }, { naming });
      await expect(
        others.actions['schedules.removeTask']({ serverId, schedule: 1, task: 1 }),
      ).rejects.toMatchObject({ problem: { code: 'forbidden', permission } });
      expect(others.panel.asked).toEqual([]);
    },
  );

  it('creates with schedule.create, changes with schedule.update', async () => {
    const { actions, panel } = await rig(undefined, { permissions: ['schedule.read'] });
    const fields = fieldsOf(aSchedule());
    for (const [schedule, permission] of [
      [null, 'schedule.create'],
      [1, 'schedule.update'],
    ] as const) {
      await expect(
        actions['schedules.save']({ serverId, schedule, fields, replaces: fields }),
      ).rejects.toMatchObject({ problem: { code: 'forbidden', permission } });
    }
    expect(panel.asked).toEqual([]);
  });

  it('asks nothing while the server is closed', async () => {
    const { actions, panel } = await rig(undefined, { condition: 'suspended' });
    await expect(actions['schedules.list']({ serverId })).rejects.toMatchObject({
      problem: { code: 'conflict', condition: 'suspended' },
    });
    expect(panel.asked).toEqual([]);
  });
});

describe('schedules.save', () => {
  const wanted = { ...fieldsOf(aSchedule()), name: 'Weekly' };

  it('creates one schedule', async () => {
    const { actions, panel, sent } = await rig([]);
    const input = { serverId, schedule: null, fields: wanted, replaces: null };
    expect(await actions['schedules.save'](input)).toMatchObject(wanted);
    expect(sent()).toEqual(['createSchedule u1 Weekly']);
    expect(panel.planned).toHaveLength(1);
  });

  it('takes the schedule from the list if the answer was lost', async () => {
    const { actions, panel } = await rig([aSchedule({ ...wanted, id: 90 })]);
    const create = panel.createSchedule;
    panel.createSchedule = async (...input) => {
      await create(...input);
      throw new PerchError(lost);
    };
    const input = { serverId, schedule: null, fields: wanted, replaces: null };
    const made = await actions['schedules.save'](input);
    // The schedule of the same fields that was there before is another one.
    expect(made.id).not.toBe(90);
    expect(panel.planned).toHaveLength(2);
  });

  it('says that the outcome is unknown if the list has no new schedule', async () => {
    const { actions, panel, sent } = await rig([aSchedule({ ...wanted, id: 90 })]);
    panel.problems.set('createSchedule', lost);
    const input = { serverId, schedule: null, fields: wanted, replaces: null };
    await expect(actions['schedules.save'](input)).rejects.toMatchObject({ problem: { maybeDone: true } });
    expect(sent()).toHaveLength(1);
  });

  it('changes the schedule that the person saw, and no newer version', async () => {
    const { actions, panel } = await rig();
    const input = { serverId, schedule: 1, fields: wanted, replaces: fieldsOf(aSchedule()) };
    expect(await actions['schedules.save'](input)).toMatchObject({ name: 'Weekly', tasks: [aTask()] });
    expect(panel.planned.map(({ name }) => name)).toEqual(['Weekly']);
  });

  it('refuses to overwrite what somebody else changed meanwhile', async () => {
    const { actions, panel, sent } = await rig([aSchedule({ isActive: false })]);
    const input = { serverId, schedule: 1, fields: wanted, replaces: fieldsOf(aSchedule()) };
    await expect(actions['schedules.save'](input)).rejects.toMatchObject({
      problem: { code: 'conflict', message: { id: 'actions.schedule-changed' } },
    });
    expect(sent()).toEqual([]);
    expect(panel.planned[0]?.name).toBe('Nightly');
  });

  it('refuses to overwrite meanwhile changes of somebody else', async () => {
    const { actions, sent } = await rig([aSchedule(wanted)]);
    const input = { serverId, schedule: 1, fields: wanted, replaces: fieldsOf(aSchedule()) };
    expect(await actions['schedules.save'](input)).toMatchObject({ name: 'Weekly' });
    expect(sent()).toEqual([]);
  });
});

describe('schedules.setActive', () => {
  it('sends no request where the panel has the fields already', async () => {
    const { actions, panel } = await rig([aSchedule({ name: 'Renamed', onlyWhenOnline: true })]);
    await actions['schedules.setActive']({ serverId, schedule: 1, isActive: false });
    expect(panel.planned[0]).toMatchObject({ name: 'Renamed', onlyWhenOnline: true, isActive: false });
  });

  it('changes one schedule after the other', async () => {
    const { actions, panel } = await rig();
    await Promise.all(
      [false, true, false].map((isActive) =>
        actions['schedules.setActive']({ serverId, schedule: 1, isActive }),
      ),
    );
    expect(panel.asked.map((asked) => asked.split(' ')[0])).toEqual([
      'schedule',
      'changeSchedule',
      'schedule',
      'changeSchedule',
      'schedule',
      'changeSchedule',
    ]);
    expect(panel.planned[0]?.isActive).toBe(false);
  });
});

describe('schedules.remove', () => {
  it('deletes', async () => {
    const { actions, panel } = await rig();
    await actions['schedules.remove']({ serverId, schedule: 1 });
    expect(panel.planned).toEqual([]);
  });

  it.each([
    ['lost', lost, { maybeDone: true }],
    ['404', aProblem('not-found'), { code: 'not-found' }],
  ] as const)('looks whether the list still has the schedule (%s)', async (_, problem, refusal) => {
    const { actions, panel } = await rig();
    panel.problems.set('deleteSchedule', problem);
    const removal = (): Promise<unknown> => actions['schedules.remove']({ serverId, schedule: 1 });
    await expect(removal()).rejects.toMatchObject({ problem: refusal });
    const { planned } = panel;
    panel.planned = [];
    await removal();
    panel.planned = planned;
    panel.problems.set('schedules', aProblem('not-found'));
    await expect(removal()).rejects.toMatchObject({ problem: refusal });
  });
});

it('a server that Perch does not know is refused, and no panel is asked', async () => {
  const { actions, panel } = await rig();
  const removal = actions['schedules.remove']({ serverId: 'home/gone', schedule: 1 });
  await expect(removal).rejects.toMatchObject({ problem: { code: 'not-found' } });
  expect(panel.asked).toEqual([]);
});

describe('schedules.run', () => {
  it.each<[Partial<Schedule>, ServerPatch, string]>([
    [{ tasks: [] }, {}, 'schedule-empty'],
    [{ onlyWhenOnline: true }, { power: 'offline' }, 'schedule-offline'],
    [{ tasks: [aTask({ action: 'command' })] }, { power: 'offline' }, 'schedule-command-offline'],
    [{ isProcessing: true }, { power: 'running' }, 'schedule-twice'],
  ])('says why nothing would happen: %j, %j', async (fields, patch, id) => {
    const { actions, sent } = await rig([aSchedule(fields)], patch);
    await expect(actions['schedules.run']({ serverId, schedule: 1, again: false })).rejects.toMatchObject({
      problem: { code: 'conflict', message: { id: `actions.${id}` }, next: { id: `actions.${id}-next` } },
    });
    expect(sent()).toEqual([]);
  });

  it.each<[Partial<Schedule>, boolean]>([
    [{}, false],
    [{ isActive: false }, false],
    [{ isProcessing: true }, true],
  ])('runs %j', async (fields, again) => {
    const { actions, sent } = await rig([aSchedule(fields)], { power: 'running' });
    await actions['schedules.run']({ serverId, schedule: 1, again });
    expect(sent()).toEqual(['runSchedule u1 1']);
  });

  it('leaves the judgement to the panel where the key may not look', async () => {
    const { actions, panel } = await rig([aSchedule({ tasks: [] })], { permissions: ['schedule.update'] });
    await actions['schedules.run']({ serverId, schedule: 1, again: false });
    expect(panel.asked).toEqual(['runSchedule u1 1']);
  });
});

describe('tasks', () => {
  const command = { action: 'command', payload: 'say hi', offsetSeconds: 60, continuesAfterFailure: true };
  const saved = { serverId, schedule: 1, task: 1, fields: command, replaces: taskFieldsOf(aTask()) };

  it('adds a task, and returns the schedule with it', async () => {
    const { actions, panel } = await rig();
    const schedule = await actions['schedules.saveTask']({ ...saved, task: null, replaces: null });
    expect(schedule.tasks.map(({ action, place }) => [action, place])).toEqual([
      ['power', 1],
      ['command', 2],
    ]);
    expect(panel.planned[0]?.tasks).toHaveLength(2);
  });

  it('finds the task of a lost answer in the schedule, and adds it only once', async () => {
    const { actions, panel } = await rig([aSchedule({ tasks: [aTask({ id: 7 })] })]);
    const add = panel.addTask;
    panel.addTask = async (...input) => {
      await add(...input);
      throw new PerchError(lost);
    };
    const schedule = await actions['schedules.saveTask']({ ...saved, task: null, replaces: null });
    expect(schedule.tasks).toHaveLength(2);
  });

  it('changes the task that the person saw, and no newer one', async () => {
    const { actions, panel, sent } = await rig();
    expect((await actions['schedules.saveTask'](saved)).tasks).toMatchObject([command]);
    panel.planned = [aSchedule({ tasks: [aTask({ payload: 'kill' })] })];
    await expect(actions['schedules.saveTask'](saved)).rejects.toMatchObject({
      problem: { message: { id: 'actions.schedule-changed' } },
    });
    panel.planned = [aSchedule({ tasks: [] })];
    await expect(actions['schedules.saveTask'](saved)).rejects.toMatchObject({
      problem: { code: 'not-found', message: { id: 'actions.schedule-task-gone' } },
    });
    expect(sent()).toEqual(['changeTask u1 1 1']);
  });

  it('moves a task to another place although its fields stay', async () => {
    const { actions, sent } = await rig([aSchedule({ tasks: [aTask(), aTask({ id: 2, place: 2 })] })]);
    const same = taskFieldsOf(aTask());
    await actions['schedules.saveTask']({ ...saved, fields: { ...same, place: 2 }, replaces: same });
    expect(sent()).toEqual(['changeTask u1 1 1']);
  });

  it('removes one', async () => {
    const { actions } = await rig();
    const schedule = await actions['schedules.removeTask']({ serverId, schedule: 1, task: 1 });
    expect(schedule.tasks).toEqual([]);
  });
});

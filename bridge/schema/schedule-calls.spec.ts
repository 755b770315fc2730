import { describe, expect, it } from 'vitest';
import { aSchedule, aTask } from '../../tests/support/some-schedules.js';
import { fieldsOf, taskFieldsOf } from '../schedules/fields.js';
import { scheduleContract } from './schedule-calls.js';

const serverId = 'home/u1';
const fields = fieldsOf(aSchedule());
const save = (input: object) =>
  scheduleContract['schedules.save'].input.safeParse({
    serverId,
    schedule: 1,
    fields,
    replaces: fields,
    ...input,
  });
const saveTask = (input: object) =>
  scheduleContract['schedules.saveTask'].input.safeParse({
    serverId,
    schedule: 1,
    task: 1,
    fields: taskFieldsOf(aTask()),
    replaces: taskFieldsOf(aTask()),
    ...input,
  });

describe('the calls about schedules', () => {
  it('accept as the seen fields exactly the fields of a panel', () => {
    const odd = { ...fields, name: 'x'.repeat(300), cron: { ...fields.cron, minute: ' 0 ', hour: '' } };
    expect(save({ replaces: odd }).data?.replaces).toEqual(odd);
    const oddTask = { ...taskFieldsOf(aTask()), offsetSeconds: 3600, action: '' };
    expect(saveTask({ replaces: oddTask }).data?.replaces).toEqual(oddTask);
  });

  it.each([
    { name: '' },
    { name: 'x'.repeat(256) },
    { cron: { ...fields.cron, hour: ' ' } },
    { cron: { ...fields.cron, hour: 'x'.repeat(101) } },
  ])('refuse the new fields %j', (wrong) => {
    expect(save({ fields: { ...fields, ...wrong } }).success).toBe(false);
  });

  it.each([{ offsetSeconds: 901 }, { offsetSeconds: -1 }, { offsetSeconds: 0.5 }, { place: 0 }])(
    'refuse the task %j',
    (wrong) => {
      expect(saveTask({ fields: { ...taskFieldsOf(aTask()), ...wrong } }).success).toBe(false);
    },
  );

  it.each([0, -1, 1.5, '../1'])('refuse the number %j', (schedule) => {
    expect(save({ schedule }).success).toBe(false);
  });
});

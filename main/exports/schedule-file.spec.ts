import { describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { wholeOf } from '../../bridge/schedules/whole.js';
import { aSchedule, aTask } from '../../tests/support/some-schedules.js';
import { readScheduleFile, scheduleFileText } from './schedule-file.js';

const nightly = wholeOf(
  aSchedule({
    nextRunAt: 1,
    tasks: [aTask(), aTask({ id: 2, place: 2, action: 'command', payload: 'say ✓\n' })],
  }),
);
const file = (schedules: unknown, more: object = {}): string =>
  JSON.stringify({ perch: 'schedules', version: 1, schedules, ...more });

function refusalOf(text: string): string {
  try {
    readScheduleFile(text);
  } catch (error) {
    if (error instanceof PerchError) return error.problem.message.id;
  }
  return 'no refusal';
}

describe('a file of schedules', () => {
  it('is read as it was written, without ids and times of a panel', () => {
    const weekly = wholeOf(aSchedule({ name: 'Weekly', isActive: false, onlyWhenOnline: true, tasks: [] }));
    const text = scheduleFileText([nightly, weekly]);
    expect(readScheduleFile(text)).toEqual({ schedules: [nightly, weekly], leftOut: 0 });
    expect(text).not.toMatch(/"(?:id|place|nextRunAt)"/);
  });

  it.each([
    ['{', 'exports.damaged'],
    ['[]', 'exports.no-schedules'],
    ['null', 'exports.no-schedules'],
    [JSON.stringify({ perch: 'rules', version: 1, schedules: [] }), 'exports.no-schedules'],
    [file([], { version: '1' }), 'exports.no-schedules'],
    [file({ length: 1 }), 'exports.damaged'],
    [file(Array.from({ length: 1001 }, () => nightly)), 'exports.damaged'],
    [file('other', { version: 2 }), 'exports.newer'],
  ])('is refused as %.40s', (text, id) => {
    expect(refusalOf(text)).toBe(id);
  });

  it('leaves out schedules that no panel could take, and counts them', () => {
    const changed = (fields: object) => ({ ...nightly, fields: { ...nightly.fields, ...fields } });
    const text = file([
      nightly,
      changed({ name: 'x'.repeat(256) }),
      changed({ cron: {} }),
      changed({ isActive: 'yes' }),
      { ...nightly, tasks: [{ ...nightly.tasks[0], offsetSeconds: 901 }] },
      { ...nightly, tasks: Array.from({ length: 101 }, () => nightly.tasks[0]) },
      null,
    ]);
    expect(readScheduleFile(text)).toEqual({ schedules: [nightly], leftOut: 6 });
  });

  it('gives a window 2000 tasks at most', () => {
    const long = { ...nightly, tasks: Array.from({ length: 100 }, () => nightly.tasks[0]) };
    const { schedules, leftOut } = readScheduleFile(file(Array.from({ length: 30 }, () => long)));
    expect([schedules.length, leftOut]).toEqual([20, 10]);
  });

  describe('of Pelican’s page', () => {
    const task = { sequence_id: 2, action: 'power', payload: 'restart', time_offset: 300 };
    const exported = {
      name: 'Nightly',
      is_active: true,
      only_when_online: false,
      cron_minute: '0',
      cron_hour: '4',
      cron_day_of_month: '*',
      cron_month: '*',
      cron_day_of_week: '*',
      timezone: 'Europe/Berlin',
      tasks: [
        { ...task, continue_on_failure: false },
        { sequence_id: 1, action: 'backup', payload: null, time_offset: 0, continue_on_failure: true },
      ],
    };

    it('is read with its tasks in their order', () => {
      const { schedules, leftOut } = readScheduleFile(JSON.stringify(exported, null, 4));
      expect(leftOut).toBe(0);
      expect(schedules).toEqual([
        {
          fields: {
            name: 'Nightly',
            isActive: true,
            onlyWhenOnline: false,
            cron: { minute: '0', hour: '4', dayOfMonth: '*', month: '*', dayOfWeek: '*' },
          },
          tasks: [
            { action: 'backup', payload: '', offsetSeconds: 0, continuesAfterFailure: true },
            { action: 'power', payload: 'restart', offsetSeconds: 300, continuesAfterFailure: false },
          ],
        },
      ]);
    });

    it.each([
      { name: 7 },
      { is_active: 'yes' },
      { cron_hour: null },
      { tasks: [{ ...task, time_offset: 901, continue_on_failure: false }] },
    ])('is left out with %j', (fields) => {
      const text = JSON.stringify({ ...exported, ...fields });
      expect(readScheduleFile(text)).toEqual({ schedules: [], leftOut: 1 });
    });

    it('is no file of schedules without tasks or a time', () => {
      for (const field of ['tasks', 'cron_minute']) {
        expect(refusalOf(JSON.stringify({ ...exported, [field]: undefined }))).toBe('exports.no-schedules');
      }
    });
  });

  it('gives on known fields alone', () => {
    const more = JSON.parse('{"__proto__":{"polluted":true},"extra":"x"}') as object;
    const { schedules } = readScheduleFile(file([{ ...nightly, ...more, extra: 'x' }]));
    expect(schedules).toEqual([nightly]);
    expect(schedules[0]).not.toHaveProperty('polluted');
  });
});

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

  it('gives on known fields alone', () => {
    const more = JSON.parse('{"__proto__":{"polluted":true},"extra":"x"}') as object;
    const { schedules } = readScheduleFile(file([{ ...nightly, ...more, extra: 'x' }]));
    expect(schedules).toEqual([nightly]);
    expect(schedules[0]).not.toHaveProperty('polluted');
  });
});

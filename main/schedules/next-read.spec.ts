import { expect, it } from 'vitest';
import { aSchedule, aTask } from '../../tests/support/some-schedules.js';
import type { Schedule } from '../../bridge/schema/schedules.js';
import { untilNextRead } from './next-read.js';
import { looked, type Suspicions } from './suspicions.js';

const minute = 60_000;
const hour = 60 * minute;
const none: Suspicions = new Map();
const time = { now: 0, panelTime: 0 };

it.each<[string, Partial<Schedule>[], number]>([
  ['a server without schedules', [], 6 * hour],
  ['a run in two hours', [{ nextRunAt: 2 * hour }], 2 * hour + 6 * minute],
  ['the first of two runs', [{ nextRunAt: 5 * hour }, { nextRunAt: hour }], hour + 6 * minute],
  ['a run next week', [{ nextRunAt: 99 * hour }], 6 * hour],
  ['a run every minute', [{ nextRunAt: minute }], 15 * minute],
  ['a run with waits', [{ nextRunAt: hour, tasks: [aTask({ offsetSeconds: 600 })] }], hour + 16 * minute],
  ['a schedule that is off', [{ nextRunAt: hour, isActive: false }], 6 * hour],
  ['a schedule without tasks', [{ nextRunAt: -hour, tasks: [] }], 6 * hour],
  ['a time that is not told', [{ nextRunAt: null }], 6 * hour],
])('%s', (_what, fields, ms) => {
  const schedules = fields.map((each, at) => aSchedule({ id: at, ...each }));
  expect(untilNextRead(schedules, none, { ...time, isShown: false })).toBe(ms);
});

it('looks every two minutes while a window shows the schedules', () => {
  expect(untilNextRead([aSchedule()], none, { ...time, isShown: true })).toBe(2 * minute);
});

it('proves a suspicion soon, and then waits for its end', () => {
  const late = [aSchedule({ nextRunAt: -hour })];
  const open = looked(none, late, time);
  expect(untilNextRead(late, open, { ...time, isShown: false })).toBe(2 * minute + 5000);
  const later = { now: 3 * minute, panelTime: 3 * minute };
  expect(untilNextRead(late, looked(open, late, later), { ...later, isShown: false })).toBe(5 * minute);
});

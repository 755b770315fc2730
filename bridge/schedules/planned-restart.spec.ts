import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSchedule, aTask } from '../../tests/support/some-schedules.js';
import type { Schedule, TaskFields } from '../schema/schedules.js';
import { cronText } from './fields.js';
import { planFields, planProblem, planTasks, type PlannedRestart } from './planned-restart.js';
import { readPlannedRestart } from './read-planned-restart.js';

const nightly: PlannedRestart = {
  name: 'Nightly',
  isActive: true,
  onlyWhenOnline: true,
  minute: 4 * 60,
  days: [0, 1, 2, 3, 4, 5, 6],
  warnings: [600, 300, 60],
  line: 'say The server restarts in {time}.',
  act: { kind: 'restart' },
};
const a = (fields: Partial<PlannedRestart>): PlannedRestart => ({ ...nightly, ...fields });

/** The schedule of a panel that took the plan. */
function taken(plan: PlannedRestart, tasks: readonly TaskFields[] = planTasks(plan)): Schedule {
  const made = tasks.map((task, at) => aTask({ ...task, id: at + 1, place: at + 1 }));
  return aSchedule({ ...planFields(plan), tasks: made });
}
const cronOf = (plan: PlannedRestart): string => cronText(planFields(plan).cron);

describe('a planned restart', () => {
  it('is cron that begins with the first warning, and a chain of waits', () => {
    expect(cronOf(nightly)).toBe('50 3 * * *');
    expect(planTasks(nightly).map(({ payload, offsetSeconds }) => [payload, offsetSeconds])).toEqual([
      ['say The server restarts in 10 min.', 0],
      ['say The server restarts in 5 min.', 300],
      ['say The server restarts in 1 min.', 240],
      ['restart', 60],
    ]);
  });

  it('begins on the evening before if a warning comes before midnight', () => {
    expect(cronOf(a({ minute: 5, days: [0, 1] }))).toBe('55 23 * * 0,6');
    expect(cronOf(a({ minute: 10, days: [0, 1] }))).toBe('0 0 * * 0,1');
  });

  it('waits first if the first warning is between two minutes', () => {
    const plan = a({ warnings: [30, 10] });
    expect(cronOf(plan)).toBe('59 3 * * *');
    expect(planTasks(plan).map(({ offsetSeconds }) => offsetSeconds)).toEqual([30, 20, 10]);
  });

  it('stops, backs up and starts; the start follows also if the node did not take the backup', () => {
    const act = { kind: 'back-up', afterStop: 120, afterBackup: 600, leaveOut: 'logs/' } as const;
    expect(planTasks(a({ warnings: [], act }))).toEqual([
      { action: 'power', payload: 'stop', offsetSeconds: 0, continuesAfterFailure: false },
      { action: 'backup', payload: 'logs/', offsetSeconds: 120, continuesAfterFailure: true },
      { action: 'power', payload: 'start', offsetSeconds: 600, continuesAfterFailure: false },
    ]);
  });

  it('keeps cron that says the same in other words', () => {
    const present = { minute: '50', hour: '03', dayOfMonth: '*', month: '*', dayOfWeek: 'MON-FRI' };
    expect(planFields(a({ days: [1, 2, 3, 4, 5] }), present).cron).toBe(present);
    expect(planFields(a({ days: [1, 2, 3, 4] }), present).cron.dayOfWeek).toBe('1,2,3,4');
  });

  it.each<[Partial<PlannedRestart>, object]>([
    [{ days: [] }, { kind: 'days' }],
    [{ line: 'say Soon' }, { kind: 'line' }],
    [{ line: 'say in {time}utes' }, { kind: 'line' }],
    [{ line: 'say {time}{time}' }, { kind: 'line' }],
    [{ warnings: [60, 60] }, { kind: 'warnings' }],
    [{ warnings: [60, 0.5] }, { kind: 'warnings' }],
    [{ warnings: [1000] }, { kind: 'gap', from: 1000, add: [100] }],
    [{ warnings: [3600, 600] }, { kind: 'gap', from: 3600, add: [2700, 1800, 900] }],
    [{ warnings: [10, 9, 8, 7, 6, 5, 4, 3, 2, 1] }, { kind: 'many', most: 9 }],
    [
      {
        warnings: [8, 7, 6, 5, 4, 3, 2, 1],
        act: { kind: 'back-up', afterStop: 1, afterBackup: 1, leaveOut: '' },
      },
      { kind: 'many', most: 7 },
    ],
    [{ act: { kind: 'back-up', afterStop: 901, afterBackup: 1, leaveOut: '' } }, { kind: 'waits' }],
  ])('is refused with %j', (fields, problem) => {
    expect(planProblem(a(fields))).toEqual(problem);
  });

  it('may warn 135 minutes before, with a warning every quarter of an hour', () => {
    const warnings = [9, 8, 7, 6, 5, 4, 3, 2, 1].map((quarters) => quarters * 900);
    expect(planProblem(a({ warnings }))).toBeNull();
    expect(cronOf(a({ warnings }))).toBe('45 1 * * *');
  });
});

/** Plans that a panel can carry out, with texts of any characters. */
const plans: fc.Arbitrary<PlannedRestart> = fc
  .record({
    name: fc.string(),
    isActive: fc.boolean(),
    onlyWhenOnline: fc.boolean(),
    minute: fc.integer({ min: 0, max: 1439 }),
    days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
    gaps: fc.array(fc.oneof(fc.integer({ min: 1, max: 900 }), fc.constantFrom(10, 50, 60, 240, 300, 900)), {
      maxLength: 7,
    }),
    parts: fc.array(fc.oneof(fc.string(), fc.constantFrom('{time}', '1 min', '10 min', ' ', '1', '$&')), {
      maxLength: 5,
    }),
    act: fc.oneof(
      fc.constantFrom<PlannedRestart['act']>({ kind: 'restart' }, { kind: 'stop' }),
      fc.record({
        kind: fc.constant('back-up' as const),
        afterStop: fc.integer({ min: 0, max: 900 }),
        afterBackup: fc.integer({ min: 0, max: 900 }),
        leaveOut: fc.string(),
      }),
    ),
  })
  .map(({ days, gaps, parts, ...rest }) => {
    const sums = gaps.map((_, at) => gaps.slice(at).reduce((sum, gap) => sum + gap, 0));
    const line = gaps.length === 0 ? '' : `say ${parts.join(' ')} in {time}.`;
    return { ...rest, days: days.toSorted((one, other) => one - other), warnings: sums, line };
  });

describe('there and back', () => {
  it('each plan is found again in its schedule, and writes the same schedule', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        expect(planProblem(plan)).toBeNull();
        const schedule = taken(plan);
        const found = readPlannedRestart(schedule);
        // A single restart is any schedule.
        if (schedule.tasks.length === 1) {
          expect(found).toBeNull();
          return;
        }
        if (found?.kind !== 'plan') throw new Error(`Not found: ${JSON.stringify([found, plan])}`);
        // A text that names the time that is left in figures is the same as one with the mark.
        expect({ ...found.plan, line: '' }).toEqual({ ...plan, line: '' });
        expect(planTasks(found.plan)).toEqual(planTasks(plan));
        expect(planFields(found.plan)).toEqual(planFields(plan));
      }),
      { numRuns: 1000 },
    );
  });

  it('a text without figures comes back unchanged', () => {
    const found = readPlannedRestart(taken(nightly));
    expect(found).toEqual({ kind: 'plan', plan: nightly });
  });

  it('a text may name other times', () => {
    const line = 'say Down in {time} for 5 min, not 1 min 30 s. {time}!';
    const plan = a({ line, warnings: [600, 300, 90, 60] });
    expect(readPlannedRestart(taken(plan))).toEqual({ kind: 'plan', plan });
  });

  it('the restart comes at the planned minute on the planned weekdays, in each week of a year', () => {
    const monday = Date.UTC(2026, 10, 30);
    fc.assert(
      fc.property(plans, (plan) => {
        const waits = planTasks(plan).slice(0, plan.warnings.length + 1);
        const lead = waits.reduce((sum, { offsetSeconds }) => sum + offsetSeconds, 0);
        const cron = new Cron(cronOf(plan), { timezone: 'UTC', mode: '5-part' });
        const restarts = cron
          .nextRuns(7, new Date(monday - 86_400_000))
          .map((at) => new Date(at.getTime() + lead * 1000));
        for (const at of restarts) {
          expect(at.getUTCHours() * 60 + at.getUTCMinutes()).toBe(plan.minute);
          expect(at.getUTCSeconds()).toBe(0);
          expect(plan.days).toContain(at.getUTCDay());
        }
        expect(new Set(restarts.map((at) => at.getUTCDay())).size).toBe(plan.days.length);
      }),
    );
  });
});

describe('a schedule that a person edited', () => {
  const tasks = planTasks(nightly);
  const [first, second, third, restart] = tasks as [TaskFields, TaskFields, TaskFields, TaskFields];
  const kind = (schedule: Schedule) => {
    const found = readPlannedRestart(schedule);
    return found?.kind === 'differs' ? found.where : (found?.kind ?? null);
  };

  it.each<[string, readonly TaskFields[], string | null]>([
    ['another text', [first, { ...second, payload: 'say Soon' }, third, restart], 'texts'],
    ['a text without the time', [{ ...first, payload: 'save-all' }, restart], 'texts'],
    ['a time that is not left', [{ ...first, payload: 'say 7 min' }, second, third, restart], 'texts'],
    ['longer waits', [first, second, third, { ...restart, offsetSeconds: 90 }], 'texts'],
    ['a wait before the only task', [{ ...restart, offsetSeconds: 60 }], null],
    [
      'another answer to failures',
      [{ ...first, continuesAfterFailure: true }, second, third, restart],
      'waits',
    ],
    ['a task behind the restart', [...tasks, first], null],
    ['another signal', [first, second, third, { ...restart, payload: 'kill' }], null],
    ['no restart', [first, second], null],
    ['no tasks', [], null],
    ['fewer warnings', [first, { ...restart, offsetSeconds: 600 }], 'plan'],
  ])('with %s', (_, edited, expected) => {
    expect(kind(taken(nightly, edited))).toBe(expected);
  });

  it.each([
    [{ hour: '*/6' }, 'time'],
    [{ dayOfMonth: '1' }, 'time'],
    [{ dayOfWeek: '5-1' }, 'time'],
    [{ dayOfWeek: 'MON#1' }, 'time'],
    [{ dayOfWeek: 'sun,5-7' }, 'plan'],
    [{ hour: '03', minute: ' 0 ' }, 'plan'],
  ])('with cron of %j', (cron, expected) => {
    const schedule = taken(nightly);
    expect(kind({ ...schedule, cron: { ...schedule.cron, ...cron } })).toBe(expected);
  });
});

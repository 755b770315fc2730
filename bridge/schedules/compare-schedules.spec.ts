import { describe, expect, it } from 'vitest';
import { aSchedule, aTask } from '../../tests/support/some-schedules.js';
import type { FleetSchedule } from '../schema/fleet-schedules.js';
import type { Schedule } from '../schema/schedules.js';
import { compareSchedule, type Difference } from './compare-schedules.js';
import { keptSchedules } from './fleet-limits.js';
import { keptOf, keptSchedule } from './kept-schedule.js';

const warning = aTask({ id: 1, action: 'command', payload: 'say hi' });
const restart = aTask({ id: 2, place: 2, offsetSeconds: 60 });
const nightly = aSchedule({ tasks: [warning, restart] });
const wanted = keptSchedule(nightly);

const compare = (...others: Partial<Schedule>[]) =>
  compareSchedule(wanted, keptOf(others.map((fields, at) => ({ ...nightly, id: at + 7, ...fields }))));
const differences = (fields: Partial<Schedule>): readonly Difference[] => {
  const comparison = compare(fields);
  return comparison.kind === 'differs' ? comparison.differences : [];
};
/** As Perch keeps it. */
const kept = (task: Schedule['tasks'][number]): FleetSchedule['tasks'][number] | undefined =>
  keptSchedule(aSchedule({ tasks: [task] })).tasks[0];

describe('a schedule of another server', () => {
  it('is the same, whatever fields only one panel knows', () => {
    const fields = { isProcessing: true, lastEndedAt: 5, nextRunAt: 6, offsetMinutes: 60 };
    expect(compare({ name: 'Weekly' }, fields)).toEqual({ kind: 'same', isWhole: true });
    expect(compare({ cron: { ...nightly.cron, hour: ' 4 ' } }).kind).toBe('same');
  });

  it('is missing', () => {
    expect(compare()).toEqual({ kind: 'missing' });
    expect(compare({ name: 'Weekly', isActive: false })).toEqual({ kind: 'missing' });
  });

  it.each<[string, Partial<Schedule>, Difference]>([
    ['switched off', { isActive: false }, { kind: 'active', isActive: false }],
    ['for online servers', { onlyWhenOnline: true }, { kind: 'online', onlyWhenOnline: true }],
    [
      'at another time',
      { cron: { ...nightly.cron, hour: '5' } },
      { kind: 'cron', cron: { ...nightly.cron, hour: '5' } },
    ],
    ['with other capital letters', { name: 'NIGHTLY' }, { kind: 'name', name: 'NIGHTLY' }],
    ['of another name', { name: 'Weekly' }, { kind: 'name', name: 'Weekly' }],
  ])('differs: %s', (_what, fields, difference) => {
    expect(differences(fields)).toEqual([difference]);
  });

  it('differs in several fields at once', () => {
    const fields = { isActive: false, onlyWhenOnline: true, tasks: [] };
    expect(differences(fields).map(({ kind }) => kind)).toEqual([
      'active',
      'online',
      'task-lacks',
      'task-lacks',
    ]);
  });

  it('is the schedule of the same name and content, even if another schedule of the name comes first', () => {
    expect(compare({ isActive: false }, {})).toEqual({
      kind: 'differs',
      differences: [{ kind: 'several', count: 2 }],
    });
  });

  it('has its own name before the same content under another name', () => {
    expect(compare({ name: 'Weekly' }, { isActive: false })).toMatchObject({
      differences: [{ kind: 'active' }],
    });
  });
});

describe('its tasks', () => {
  const backup = aTask({ id: 9, action: 'backup', payload: '' });

  it('differ by a task inserted in front, not by all following tasks', () => {
    expect(differences({ tasks: [backup, warning, restart] })).toEqual([
      { kind: 'task-more', place: 1, task: kept(backup) },
    ]);
  });

  it('differ by a missing task', () => {
    expect(differences({ tasks: [restart] })).toMatchObject([
      { kind: 'task-lacks', place: 1, task: kept(warning) },
    ]);
  });

  it.each([
    { payload: 'say bye' },
    { offsetSeconds: 5 },
    { continuesAfterFailure: true },
    { action: 'backup' },
  ])('differ by %o', (fields) => {
    const other = { ...warning, ...fields };
    expect(differences({ tasks: [other, restart] })).toMatchObject([
      { kind: 'task', place: 1, task: kept(other), wanted: kept(warning) },
    ]);
  });

  it('differ by their order', () => {
    expect(differences({ tasks: [restart, warning] }).length).toBeGreaterThan(0);
  });
});

describe('the part beyond the stored limits', () => {
  it('makes equal beginnings of texts the same only as far as they go', () => {
    const long = aSchedule({ tasks: [aTask({ payload: 'x'.repeat(keptSchedules.text + 1) })] });
    const longer = aSchedule({ tasks: [aTask({ payload: 'x'.repeat(keptSchedules.text + 2) })] });
    const comparison = compareSchedule(keptSchedule(long), keptOf([longer]));
    expect(comparison).toEqual({ kind: 'same', isWhole: false });
  });

  it('counts as unknown, never as missing', () => {
    const many = Array.from({ length: keptSchedules.ofServer + 1 }, (_, id) => ({
      name: `Other ${id}`,
      tasks: [],
    }));
    expect(compare(...many)).toEqual({ kind: 'unkept' });
    expect(compare(...many.slice(2))).toEqual({ kind: 'missing' });
  });
});

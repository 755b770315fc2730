import { describe, expect, it } from 'vitest';
import { aSpan } from '../../tests/support/some-week.js';
import { aSchedule, aTask } from '../../tests/support/some-schedules.js';
import { runsWithin } from '../schedules/next-runs.js';
import type { Rule } from '../schema/rules.js';
import {
  mostRuns,
  partOfPlan,
  partOfRule,
  partOfSchedule,
  type RunsWithin,
  type WeekPart,
} from './week-entries.js';

const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const here: RunsWithin = (cron, span) => runsWithin(cron, { kind: 'zone', zone: own, isSure: true }, span);
const unknown: RunsWithin = () => null;
const span = aSpan();
const times = ({ entries }: WeekPart) =>
  entries.map(({ at }) => new Date(at).toLocaleString('sv').slice(5, 16));

const rule: Rule = {
  id: 'r1',
  name: 'Weekend',
  isOn: true,
  mode: 'single',
  atMost: { times: 5, withinMs: 3_600_000 },
  target: { kind: 'server', serverId: 'home/1' },
  trigger: { kind: 'time', days: [5, 6], minute: 16 * 60 },
  condition: null,
  steps: [{ kind: 'power', on: null, signal: 'start' }],
  agreedAt: 1,
};

describe('a schedule of a panel', () => {
  it('has an entry for each run, at the time of its weightiest act', () => {
    const tasks = [aTask({ action: 'command', payload: 'say' }), aTask({ offsetSeconds: 900 })];
    const part = partOfSchedule('home/1', aSchedule({ tasks }), { span, runsWithin: here });
    expect(times(part)).toHaveLength(7);
    expect(times(part)[0]).toBe('11-30 04:15');
    expect(part.entries[0]).toMatchObject({
      acts: ['restart', 'command'],
      beginsAt: (part.entries[0]?.at ?? 0) - 900_000,
      source: { kind: 'schedule', id: 1 },
    });
    expect(new Set(part.entries.map(({ key }) => key)).size).toBe(7);
  });

  it('that began before the week and acts in it is there', () => {
    const cron = { ...aSchedule().cron, minute: '50', hour: '23' };
    const tasks = [aTask({ offsetSeconds: 900 })];
    const part = partOfSchedule('home/1', aSchedule({ cron, tasks }), { span, runsWithin: here });
    expect(times(part)[0]).toBe('11-30 00:05');
    expect(part.entries).toHaveLength(7);
  });

  it.each([
    ['is switched off', { isActive: false }],
    ['has no tasks', { tasks: [] }],
  ])('that %s has none', (_what, fields) => {
    const part = partOfSchedule('home/1', aSchedule(fields), { span, runsWithin: here });
    expect(part).toEqual({ entries: [], often: [], isNextOnly: false });
  });

  it('of an unknown time zone has the next run that the panel reports', () => {
    const nextRunAt = span.from + 3_600_000;
    const told = partOfSchedule('home/1', aSchedule({ nextRunAt }), { span, runsWithin: unknown });
    expect(told).toMatchObject({ isNextOnly: true, entries: [{ at: nextRunAt }] });
    const later = aSchedule({ nextRunAt: span.to });
    expect(partOfSchedule('home/1', later, { span, runsWithin: unknown }).entries).toEqual([]);
  });

  it('that runs too often is no entry', () => {
    const often = (hour: string) =>
      partOfSchedule('home/1', aSchedule({ cron: { ...aSchedule().cron, hour } }), {
        span,
        runsWithin: here,
      });
    expect(often('*/3').entries).toHaveLength(mostRuns);
    expect(often('*/2')).toMatchObject({ entries: [], often: [{ name: 'Nightly', cron: '0 */2 * * *' }] });
  });
});

describe('a rule', () => {
  const part = (fields: Partial<Rule>, serverIds = ['home/1']): WeekPart =>
    partOfRule({ ...rule, ...fields }, serverIds, { span, runsWithin: here });

  it('with a time has an entry on each of its days, for each server', () => {
    expect(times(part({}))).toEqual(['12-05 16:00', '12-06 16:00']);
    expect(part({}, ['home/1', 'home/2']).entries).toHaveLength(4);
  });

  it('with cron has its runs by the clock of this computer', () => {
    expect(times(part({ trigger: { kind: 'cron', cron: '30 1 * * 1' } }))).toEqual(['11-30 01:30']);
    expect(part({ trigger: { kind: 'cron', cron: '* * * * *' } }).often).toHaveLength(1);
  });

  it.each<[string, Partial<Rule>]>([
    ['is switched off', { isOn: false }],
    ['nobody agreed to', { agreedAt: null }],
    ['waits for an event', { trigger: { kind: 'perch-started' } }],
  ])('that %s has none', (_what, fields) => {
    expect(part(fields).entries).toEqual([]);
  });
});

it('a planned backup has an entry a day, from its next time on', () => {
  const nextAt = new Date(2026, 11, 1, 3, 30).getTime();
  const part = partOfPlan('home/1', { minute: 210, nextAt }, span);
  expect(times(part)).toHaveLength(6);
  expect(times(part)[0]).toBe('12-01 03:30');
  expect(part.entries[0]).toMatchObject({ acts: ['backup'], source: { kind: 'plan' } });
});

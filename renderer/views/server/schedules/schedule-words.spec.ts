import { describe, expect, it } from 'vitest';
import type { PanelZone } from '../../../../bridge/schedules/panel-zone.js';
import { aSchedule, aTask } from '../../../../tests/support/some-schedules.js';
import {
  nextWords,
  offsetWords,
  runDayWords,
  runWords,
  taskWords,
  whenWords,
  zoneWords,
} from './schedule-words.js';

const wall = new Date(2026, 10, 30, 12).getTime();
const at = new Date(2026, 11, 1, 5).getTime();
const own = -new Date(at).getTimezoneOffset();
const sameClock: PanelZone = { kind: 'offset', minutes: own };
/** A clock that is three hours and a quarter ahead of this computer's. */
const ahead: PanelZone = { kind: 'offset', minutes: own + 195 };
const unknown: PanelZone = { kind: 'unknown' };

describe('runWords', () => {
  it('says one time where both clocks agree, and both where they differ', () => {
    expect(runWords(at, sameClock, wall)).toBe('tomorrow 05:00');
    expect(runWords(at, ahead, wall)).toBe('tomorrow 05:00; on the panel’s clock Tue 08:15');
  });

  it('takes the offset that the panel wrote where the zone is unknown', () => {
    expect(runWords(at, unknown, wall)).toBe('tomorrow 05:00');
    expect(runWords(at, unknown, wall, own - 60)).toBe('tomorrow 05:00; on the panel’s clock Tue 04:00');
  });
});

describe('runDayWords', () => {
  it('has the weekday, and the panel’s clock where that differs', () => {
    expect(runDayWords(at, sameClock, wall)).toBe('Tue, Dec 1, 05:00');
    expect(runDayWords(at, ahead, wall)).toBe('Tue, Dec 1, 05:00; on the panel’s clock Tue 08:15');
  });
});

describe('nextWords', () => {
  it.each([
    [aSchedule({ nextRunAt: at }), 'Next run tomorrow 05:00'],
    [aSchedule({ nextRunAt: wall - 3_600_000 }), 'Was due today 11:00'],
    [aSchedule({ nextRunAt: at, isActive: false }), null],
    [aSchedule({ nextRunAt: at, tasks: [] }), null],
    [aSchedule(), null],
  ])('of %j', (schedule, words) => {
    expect(nextWords(schedule, sameClock, wall)).toBe(words);
  });
});

describe('zoneWords', () => {
  const elsewhere = own === 345 ? 'UTC' : 'Asia/Kathmandu';
  it.each<[PanelZone, string]>([
    [unknown, 'is unknown'],
    [{ kind: 'offset', minutes: 345 }, 'UTC+05:45'],
    [{ kind: 'offset', minutes: -210 }, 'UTC−03:30'],
    [{ kind: 'zone', zone: elsewhere, isSure: true }, `is in the time zone ${elsewhere}`],
    [{ kind: 'zone', zone: elsewhere, isSure: false }, `is probably in the time zone ${elsewhere}`],
    [{ kind: 'zone', zone: Intl.DateTimeFormat().resolvedOptions().timeZone, isSure: true }, 'the same time'],
  ])('of %j', (zone, words) => {
    expect(zoneWords(zone, wall)).toContain(words);
  });
});

describe('words of a panel’s texts', () => {
  it('show no control characters, and end', () => {
    const command = `say \u202e${'x'.repeat(5000)}\u0007`;
    const words = taskWords(aTask({ action: 'command', payload: command }));
    expect(['\u202e', '\u0007'].filter((hidden) => words.includes(hidden))).toEqual([]);
    expect(words.length).toBeLessThan(300);
    const when = whenWords({ ...aSchedule().cron, hour: `\u202e${'9'.repeat(5000)}` });
    expect(when).toMatch(/^Cron: /);
    expect(when.length).toBeLessThan(200);
  });

  it('name a power action that nobody knows', () => {
    expect(taskWords(aTask({ payload: 'explode' }))).toBe('power: explode');
  });

  it.each([
    [{ offsetSeconds: 0, place: 1 }, 'at the beginning'],
    [{ offsetSeconds: 90, place: 1 }, '1 min 30 s later'],
    [{ offsetSeconds: 0, place: 2 }, '0 s later'],
  ])('say when a task comes: %j', (task, words) => {
    expect(offsetWords(task)).toBe(words);
  });
});

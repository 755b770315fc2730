import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarIn } from './calendar.js';

const dayMs = 86_400_000;
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
];
const zone = fc.constantFrom(...zones);
/** Between 2000 and 2040. */
const instant = fc.integer({ min: 946_684_800, max: 2_208_988_800 }).map((second) => second * 1000);
const iso = (at: number): string => new Date(at).toISOString();
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;

describe('a local calendar', () => {
  it('counts days by the local clock, whatever their length', () => {
    const berlin = calendarIn('Europe/Berlin');
    const lengthOf = (date: string): number =>
      (berlin.instantOf(dayNumber(date) + 1, 0) - berlin.instantOf(dayNumber(date), 0)) / 3_600_000;
    expect(['2026-03-29', '2026-10-25', '2026-11-29'].map(lengthOf)).toEqual([23, 25, 24]);
    expect(berlin.minuteOf(Date.parse('2026-10-25T00:59:59Z'))).toBe(179);
    expect(berlin.minuteOf(Date.parse('2026-10-25T01:00:00Z'))).toBe(120);
    expect(berlin.minuteOf(Date.parse('2026-03-29T01:00:00Z'))).toBe(180);
    expect(berlin.dayOf(Date.parse('2026-10-25T22:59:59Z'))).toBe(dayNumber('2026-10-25'));
    expect(berlin.dayOf(Date.parse('2026-10-25T23:00:00Z'))).toBe(dayNumber('2026-10-26'));
  });

  it('begins a week on Monday, also across the end of a year', () => {
    const utc = calendarIn('UTC');
    const week = (date: string): number => utc.weekOf(Date.parse(`${date}T12:00:00Z`));
    // Week 53 of 2026 has days of both years.
    const days = ['2026-12-28', '2026-12-31', '2027-01-01', '2027-01-03'];
    expect(new Set(days.map(week)).size).toBe(1);
    expect(week('2027-01-04')).toBe(week('2027-01-03') + 1);
    expect(week('2026-12-27')).toBe(week('2026-12-28') - 1);
    expect(week('1969-12-29')).toBe(0);
    expect(['2026-12-28', '2027-01-03', '1969-12-28'].map((date) => utc.weekdayOf(Date.parse(date)))).toEqual(
      [0, 6, 6],
    );
  });

  it('counts months on through the years', () => {
    const utc = calendarIn('UTC');
    const month = (date: string): number => utc.monthOf(Date.parse(`${date}T12:00:00Z`));
    expect(month('2027-01-01') - month('2026-12-31')).toBe(1);
    expect(month('2027-01-31')).toBe(month('2027-01-01'));
  });

  it.each([
    ['a time of winter', 'Europe/Berlin', '2026-11-29', 4 * 60, '2026-11-29T03:00:00.000Z'],
    ['a skipped time', 'Europe/Berlin', '2026-03-29', 150, '2026-03-29T01:30:00.000Z'],
    ['the first of two', 'Europe/Berlin', '2026-10-25', 150, '2026-10-25T00:30:00.000Z'],
    ['a skipped midnight', 'America/Sao_Paulo', '2018-11-04', 0, '2018-11-04T03:00:00.000Z'],
    ['a change by half an hour', 'Australia/Lord_Howe', '2026-10-04', 135, '2026-10-03T15:45:00.000Z'],
  ])('finds the instant of %s', (_what, name, date, minute, expected) => {
    expect(iso(calendarIn(name).instantOf(dayNumber(date), minute))).toBe(expected);
  });

  it('finds the day and the time of any instant again', () => {
    fc.assert(
      fc.property(zone, instant, fc.integer({ min: 0, max: 1439 }), (name, at, minute) => {
        const calendar = calendarIn(name);
        const day = calendar.dayOf(at);
        const found = calendar.instantOf(day, minute);
        expect(calendar.dayOf(found)).toBe(day);
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: name, timeStyle: 'short' }).format(found);
        const [hour = 0, minutes = 0] = shown.split(':').map(Number);
        // A skipped time is at most an hour later.
        expect([0, 30, 60]).toContain(hour * 60 + minutes - minute);
      }),
    );
  });

  it('uses the time zone of this computer if none is named', () => {
    const at = Date.parse('2026-11-29T12:34:56Z');
    const { year, month, day } = {
      year: new Date(at).getFullYear(),
      month: new Date(at).getMonth(),
      day: new Date(at).getDate(),
    };
    expect(calendarIn().dayOf(at)).toBe(Date.UTC(year, month, day) / dayMs);
  });
});

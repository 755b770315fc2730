import { describe, expect, it } from 'vitest';
import { calendarIn } from '../../../bridge/backups/calendar.js';
import { playRule } from '../../../bridge/backups/retention-preview.js';
import { aRetentionRule } from '../../../tests/support/some-backups.js';
import { previewWeeks } from './preview-weeks.js';

const calendar = calendarIn('UTC');
/** From Saturday, 28 November 2026, on. */
const playedWith = (limit: number | null) =>
  playRule({
    rule: aRetentionRule({ last: 2 }),
    backups: [],
    limit,
    now: Date.parse('2026-11-27T12:00:00Z'),
    days: 9,
    minute: 240,
  });
const played = playedWith(null);

describe('the calendar of a preview', () => {
  it('has a column for each week from Monday to Sunday', () => {
    const weeks = previewWeeks(played, 8, calendar);
    const dates = weeks.map(({ days }) => days.map((day) => day && new Date(day.at).getUTCDate()));
    expect(dates).toEqual([
      [null, null, null, null, null, 28, 29],
      [30, 1, 2, 3, 4, 5, 6],
    ]);
  });

  it('shows which backups exist on the chosen day', () => {
    const states = previewWeeks(played, 3, calendar).flatMap(({ days }) =>
      days.flatMap((day) => day?.state ?? []),
    );
    expect(states).toEqual([
      'deleted',
      'deleted',
      'exists',
      'exists',
      ...Array.from({ length: 5 }, () => 'to-come'),
    ]);
  });

  it('shows on which days the host leaves no room', () => {
    const states = previewWeeks(playedWith(1), 2, calendar).flatMap(({ days }) =>
      days.flatMap((day) => day?.state ?? []),
    );
    expect(states.slice(0, 4)).toEqual(['exists', 'missed', 'missed', 'to-come']);
  });

  it('names each month in the week in which it begins', () => {
    const months = previewWeeks(played, 0, calendar).map(
      ({ month }) => month && new Date(month).toISOString(),
    );
    expect(months).toEqual(['2026-11-28T04:00:00.000Z', '2026-12-01T04:00:00.000Z']);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '../../../../messages/messages.js';
import { timeTicks } from './time-ticks.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const noon = new Date(2026, 10, 24, 12, 3, 20).getTime();
const labels = (length: number, until = noon): string[] =>
  timeTicks({ from: until - length, until }, 0).map(({ label }) => label);

afterEach(() => speak(() => 'en'));

describe('timeTicks', () => {
  it('are round times of day', () => {
    expect(labels(5 * minute)).toEqual(['12:00', '12:02']);
    expect(labels(hour)).toEqual(['11:20', '11:40']);
    expect(labels(day)).toEqual(['18:00', 'Nov 24', '06:00']);
    expect(labels(minute)).toEqual(['12:02:40', '12:03:00']);
  });

  it('are days for long ranges', () => {
    expect(labels(7 * day)).toEqual(['Nov 18', 'Nov 20', 'Nov 22', 'Nov 24']);
    expect(labels(30 * day)).toHaveLength(2);
    speak(() => 'de');
    expect(labels(7 * day)[0]).toBe('18. Nov.');
  });

  it('never exceed the available room, whatever the length', () => {
    for (let length = 30_000; length <= 30 * day; length *= 1.3) {
      const found = labels(length);
      expect(found.length).toBeLessThanOrEqual(4);
      expect(found.length).toBeGreaterThan(0);
      expect(found.filter((label, place) => label === found[place - 1])).toEqual([]);
    }
  });

  it('convert monotonic times by the offset of the wall clock', () => {
    const span = { from: 1000, until: 1000 + hour };
    const ahead = noon - span.until;
    expect(timeTicks(span, ahead).map(({ at, label }) => [at + ahead, label])).toEqual([
      [new Date(2026, 10, 24, 11, 20).getTime(), '11:20'],
      [new Date(2026, 10, 24, 11, 40).getTime(), '11:40'],
    ]);
  });
});

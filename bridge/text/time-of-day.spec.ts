import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '../../messages/messages.js';
import {
  dateOf,
  dayAndMinute,
  minuteTime,
  momentOfDay,
  stretchOfTime,
  timeElsewhere,
  timeOfDay,
  timeOrDay,
} from './time-of-day.js';

const moment = new Date(2026, 0, 2, 21, 4, 5).getTime();

afterEach(() => speak(() => 'en'));

describe('timeOfDay', () => {
  it('names a day without its time, as the language does', () => {
    const noon = new Date(2027, 2, 7, 12).getTime();
    speak(() => 'de');
    expect(dateOf(noon)).toBe('07.03.2027');
    speak(() => 'en');
    expect(dateOf(noon)).toBe('Mar 7, 2027');
  });

  it('names the weekday of a minute, with the year where that is far away', () => {
    const year = 365 * 24 * 3_600_000;
    expect(dayAndMinute(moment, moment)).toBe('Fri, Jan 2, 21:04');
    expect(dayAndMinute(moment, moment - year)).toBe('Fri, Jan 2, 2026, 21:04');
    speak(() => 'de');
    expect(dayAndMinute(moment, moment)).toBe('Fr., 2. Jan., 21:04');
  });

  it('names a minute, with its day where that is not today', () => {
    const day = 24 * 3_600_000;
    expect(minuteTime(moment)).toBe('21:04');
    expect(timeOrDay(moment, moment - 60_000)).toBe('21:04');
    expect(timeOrDay(moment, moment - day)).toBe('Jan 2, 2026, 21:04');
  });

  it('shows the weekday and time of a clock elsewhere', () => {
    const saturday = Date.UTC(2026, 10, 28, 23, 30);
    expect(timeElsewhere(saturday, 0)).toBe('Sat 23:30');
    expect(timeElsewhere(saturday, 60)).toBe('Sun 00:30');
    expect(timeElsewhere(saturday, -210)).toBe('Sat 20:00');
  });

  it('has 24 hours and seconds', () => {
    expect(timeOfDay(moment)).toBe('21:04:05');
  });
});

describe('momentOfDay', () => {
  it('includes the day unless it is today', () => {
    expect(momentOfDay(moment, moment + 3_600_000)).toBe('21:04:05');
    expect(momentOfDay(moment, moment + 4 * 3_600_000)).toBe('Jan 2, 2026, 21:04:05');
  });
});

describe('stretchOfTime', () => {
  it.each([
    [0, '21:04:05'],
    [1, '21:04:06'],
    [28_000, '21:04:33'],
    [11 * 3_600_000, '08:04:05'],
  ])('is never shorter than it was: %d ms later', (ms, to) => {
    expect(stretchOfTime(moment, moment + ms)).toEqual({ from: '21:04:05', to });
  });

  it('names the days if a time could belong to another day', () => {
    expect(stretchOfTime(moment, moment + 36 * 3_600_000)).toEqual({
      from: 'Jan 2, 2026, 21:04:05',
      to: 'Jan 4, 2026, 09:04:05',
    });
    speak(() => 'de');
    expect(stretchOfTime(moment, moment + 36 * 3_600_000).to).toBe('04.01.2026, 09:04:05');
  });
});

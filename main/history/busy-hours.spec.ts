import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aSample } from '../../tests/support/samples.js';
import { playersWeek } from './busy-hours.js';

const quarterMs = 15 * 60_000;

/** Samples of quarters of an hour from a local time on. */
function quarters(from: Date, count: number, players: (at: Date) => number | null) {
  return Array.from({ length: count }, (_, place) => {
    const at = from.getTime() + place * quarterMs;
    return aSample(at, { players: players(new Date(at)) });
  });
}

const day = 96;
const evenings = (at: Date): number => (at.getHours() === 20 ? (at.getDay() === 6 ? 9 : 5) : 1);

describe('playersWeek', () => {
  beforeEach(() => void vi.stubEnv('TZ', 'Europe/Berlin'));
  afterEach(() => void vi.unstubAllEnvs());

  it('is empty without players', () => {
    expect(playersWeek([])).toEqual({ peak: null, best: null });
    expect(playersWeek([aSample(1)])).toEqual({ peak: null, best: null });
    expect(playersWeek([aSample(1, { players: 0 })])).toEqual({ peak: null, best: null });
  });

  it('finds the hour of the week with most players', () => {
    const samples = quarters(new Date(2026, 10, 1), 28 * day, evenings);
    expect(playersWeek(samples).best).toEqual({ weekday: 6, hour: 20, mean: 9 });
  });

  it('takes the peak from the highest reading of a sample, with the time when the peak was first reached', () => {
    const sample = (at: number, players: number, most: number) => {
      const one = aSample(at, { players });
      return { ...one, high: { ...one.high, players: most } };
    };
    const samples = [sample(1000, 2.4, 7), sample(2000, 3, 12), sample(3000, 3, 12)];
    expect(playersWeek(samples).peak).toEqual({ count: 12, at: 2000 });
  });

  it('takes no single evening for a habit', () => {
    const samples = quarters(new Date(2026, 10, 1), 28 * day, (at) => {
      const isParty = at.getDate() === 10 && at.getHours() === 3;
      const isNight = at.getHours() === 3;
      return isParty ? 90 : isNight ? null : evenings(at);
    });
    expect(playersWeek(samples)).toMatchObject({ peak: { count: 90 }, best: { weekday: 6, hour: 20 } });
  });

  it('counts local hours, also across the end of summer time', () => {
    // In Berlin, 2026-10-25 has the hour from 2 to 3 twice.
    const samples = quarters(new Date(2026, 9, 18), 14 * day + 4, (at) => (at.getHours() === 2 ? 4 : 0));
    const { best } = playersWeek(samples);
    expect(best).toEqual({ weekday: 0, hour: 2, mean: 4 });
    expect(samples.filter(({ players }) => players === 4)).toHaveLength(14 * 4 + 4);
  });
});

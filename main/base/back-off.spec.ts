import { describe, expect, it } from 'vitest';
import { BackOff, from, jittered, upToHalfLess } from './back-off.js';

const minutes = { firstMs: 2000, longestMs: 300_000 };

/** Pause after the n-th failure in a row. */
function pauseAfter(failures: number, backOff: BackOff): number {
  let ms = 0;
  for (let failure = 1; failure <= failures; failure++) ms = backOff.next();
  return ms;
}

describe('BackOff', () => {
  it('doubles up to the longest, and starts over', () => {
    const backOff = new BackOff({ firstMs: 5000, longestMs: 30_000 });
    expect([1, 2, 3, 4, 5].map(() => backOff.next())).toEqual([5000, 10_000, 20_000, 30_000, 30_000]);
    expect(backOff.failures).toBe(5);
    backOff.reset();
    expect([backOff.failures, backOff.next()]).toEqual([0, 5000]);
  });

  it.each([
    [1, 0, 2000],
    [2, 0, 4000],
    [3, 0.5, 6000],
    [20, 0, 300_000],
    [2000, 0, 300_000],
    [2000, 0.999, 150_150],
  ])('waits up to half less after %s failures with chance %s', (failures, chance, ms) => {
    const backOff = new BackOff({ ...minutes, spread: upToHalfLess(() => chance) });
    expect(pauseAfter(failures, backOff)).toBe(ms);
  });

  it.each([
    [1, 0, 1000],
    [1, 0.5, 1500],
    [3, 0.5, 4500],
    [100, 1, 60_000],
  ])('waits any time from the least on after %s failures with chance %s', (failures, chance, ms) => {
    const backOff = new BackOff({ firstMs: 2000, longestMs: 60_000, spread: from(1000, () => chance) });
    expect(pauseAfter(failures, backOff)).toBe(ms);
  });
});

describe('jittered', () => {
  it('moves a time by a tenth at most', () => {
    expect([0, 0.5, 1].map((chance) => jittered(60_000, () => chance))).toEqual([54_000, 60_000, 66_000]);
  });
});

import { describe, expect, it } from 'vitest';
import { duration, roughDuration } from './duration.js';

describe('A duration', () => {
  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [61_000, '1 min 1 s'],
    [7_500_000, '2 h 5 min'],
    [273_600_000, '3 d 4 h'],
    [-1, '0 s'],
  ])('writes a duration of %d ms as %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it.each([
    [200, '1 s'],
    [4000, '4 s'],
    [13_000, '15 s'],
    [58_000, '1 min'],
    [200_000, '3 min'],
    [1_298_000, '20 min'],
    [3_500_000, '1 h'],
    [9_000_000, '2 h 30 min'],
  ])('rounds an estimate of %d ms to %s', (ms, text) => {
    expect(roughDuration(ms)).toBe(text);
  });
});

import { describe, expect, it } from 'vitest';
import { settledOf, slopeOf, type HeapSample } from './heap.js';

function samples(megabytes: (hours: number) => number, hours = 20): HeapSample[] {
  return Array.from({ length: hours * 4 }, (_, index) => ({
    hours: (index + 1) / 4,
    megabytes: megabytes((index + 1) / 4),
    servers: 1,
  }));
}

describe('the slope of the heap', () => {
  it('is the growth in an hour, after all buffers have filled up', () => {
    expect(slopeOf(samples((hours) => 10 + 2.5 * hours))).toBeCloseTo(2.5);
    expect(slopeOf(samples((hours) => Math.min(hours, 3) * 10))).toBeCloseTo(0);
    expect(slopeOf(samples((hours) => 50 - hours))).toBeCloseTo(-1);
  });

  it('ignores the first fifth', () => {
    expect(settledOf(samples(() => 1))[0]?.hours).toBe(4.25);
    expect(slopeOf([])).toBe(0);
  });
});

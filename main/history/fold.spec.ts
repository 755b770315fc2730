import { describe, expect, it } from 'vitest';
import { aStretch } from '../../tests/support/stretches.js';
import { fold } from './fold.js';

const minute = 60_000;

describe('fold', () => {
  it('makes nothing of an empty list', () => {
    expect(fold([], minute)).toEqual([]);
  });

  it('makes one stretch of each minute: mean, minimum, maximum, and the end time and disk usage of the last stretch', () => {
    const bandOf = (
      cpuPercent: number,
      memoryBytes: number,
      receivedPerSecond: number,
      sentPerSecond: number,
    ) => ({
      cpuPercent,
      memoryBytes,
      receivedPerSecond,
      sentPerSecond,
    });
    const first = aStretch(1000, {
      ...bandOf(10, 100, 1, 5),
      diskBytes: 7,
      low: bandOf(2, 90, 1, 4),
      high: bandOf(80, 110, 2, 6),
    });
    const last = aStretch(59_000, {
      ...bandOf(30, 300, 3, 7),
      diskBytes: 9,
      low: bandOf(5, 80, 0, 6),
      high: bandOf(70, 400, 9, 5),
    });
    expect(fold([first, last], minute)).toEqual([
      {
        at: 59_000,
        ...bandOf(20, 200, 2, 6),
        diskBytes: 9,
        afterGap: false,
        low: bandOf(2, 80, 0, 4),
        high: bandOf(80, 400, 9, 6),
      },
    ]);
  });

  it('puts a stretch on the border into the minute that it begins', () => {
    const folded = fold([aStretch(59_999), aStretch(60_000), aStretch(119_999)], minute);
    expect(folded.map(({ at }) => at)).toEqual([59_999, 119_999]);
  });

  it('leaves out minutes without a measurement', () => {
    const folded = fold([aStretch(0), aStretch(5 * minute)], minute);
    expect(folded.map(({ at }) => at)).toEqual([0, 5 * minute]);
  });

  it('averages the known rates; without a known rate the result is unknown', () => {
    const rates = (receivedPerSecond: number | null) =>
      aStretch(0, { receivedPerSecond, sentPerSecond: null });
    const [folded] = fold([rates(null), rates(4), rates(8)], minute);
    expect(folded).toMatchObject({
      receivedPerSecond: 6,
      sentPerSecond: null,
      low: { receivedPerSecond: 4, sentPerSecond: null },
      high: { receivedPerSecond: 8, sentPerSecond: null },
    });
  });

  it('distinguishes a rate of 0 from an unknown one', () => {
    expect(fold([aStretch(0, { receivedPerSecond: 0 })], minute)[0]?.receivedPerSecond).toBe(0);
  });

  it('keeps a gap before a stretch that is not adjacent', () => {
    const folded = fold([aStretch(0), aStretch(2 * minute, { afterGap: true })], minute);
    expect(folded.map(({ afterGap }) => afterGap)).toEqual([false, true]);
  });

  it('drops a gap shorter than a stretch', () => {
    const folded = fold([aStretch(0), aStretch(minute, { afterGap: true })], minute);
    expect(folded.map(({ afterGap }) => afterGap)).toEqual([false, false]);
  });

  it('keeps the gap before the first stretch of all, and drops one inside a stretch', () => {
    const folded = fold([aStretch(0, { afterGap: true }), aStretch(5000, { afterGap: true })], minute);
    expect(folded.map(({ afterGap }) => afterGap)).toEqual([true]);
    expect(fold([aStretch(0), aStretch(5000, { afterGap: true })], minute)[0]?.afterGap).toBe(false);
  });
});

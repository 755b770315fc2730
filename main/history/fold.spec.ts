import { describe, expect, it } from 'vitest';
import { aSample } from '../../tests/support/samples.js';
import { foldStretches } from './fold.js';

const minute = 60_000;

describe('fold', () => {
  it('makes an empty list of an empty list', () => {
    expect(foldStretches([], minute)).toEqual([]);
  });

  it('makes one sample of each minute: mean, minimum, maximum, and the end time and disk usage of the last sample', () => {
    const bandOf = (
      cpuPercent: number,
      memoryBytes: number,
      receivedPerSecond: number,
      sentPerSecond: number,
      players: number | null,
    ) => ({
      cpuPercent,
      memoryBytes,
      receivedPerSecond,
      sentPerSecond,
      players,
    });
    const first = aSample(1000, {
      ...bandOf(10, 100, 1, 5, 4),
      diskBytes: 7,
      low: bandOf(2, 90, 1, 4, 3),
      high: bandOf(80, 110, 2, 6, 5),
    });
    const last = aSample(59_000, {
      ...bandOf(30, 300, 3, 7, null),
      diskBytes: 9,
      low: bandOf(5, 80, 0, 6, null),
      high: bandOf(70, 400, 9, 5, null),
    });
    expect(foldStretches([first, last], minute)).toEqual([
      {
        at: 59_000,
        ...bandOf(20, 200, 2, 6, 4),
        diskBytes: 9,
        afterGap: false,
        low: bandOf(2, 80, 0, 4, 3),
        high: bandOf(80, 400, 9, 6, 5),
      },
    ]);
  });

  it('puts a sample on the border into the minute that it begins', () => {
    const folded = foldStretches([aSample(59_999), aSample(60_000), aSample(119_999)], minute);
    expect(folded.map(({ at }) => at)).toEqual([59_999, 119_999]);
  });

  it('leaves out minutes without a measurement', () => {
    const folded = foldStretches([aSample(0), aSample(5 * minute)], minute);
    expect(folded.map(({ at }) => at)).toEqual([0, 5 * minute]);
  });

  it('averages the known rates; without a known rate the result is unknown', () => {
    const rates = (receivedPerSecond: number | null) =>
      aSample(0, { receivedPerSecond, sentPerSecond: null });
    const [folded] = foldStretches([rates(null), rates(4), rates(8)], minute);
    expect(folded).toMatchObject({
      receivedPerSecond: 6,
      sentPerSecond: null,
      low: { receivedPerSecond: 4, sentPerSecond: null },
      high: { receivedPerSecond: 8, sentPerSecond: null },
    });
  });

  it('distinguishes a rate of 0 from an unknown one', () => {
    expect(foldStretches([aSample(0, { receivedPerSecond: 0 })], minute)[0]?.receivedPerSecond).toBe(0);
  });

  it('keeps a gap before a sample that is not adjacent', () => {
    const folded = foldStretches([aSample(0), aSample(2 * minute, { afterGap: true })], minute);
    expect(folded.map(({ afterGap }) => afterGap)).toEqual([false, true]);
  });

  it('drops a gap shorter than a sample', () => {
    const folded = foldStretches([aSample(0), aSample(minute, { afterGap: true })], minute);
    expect(folded.map(({ afterGap }) => afterGap)).toEqual([false, false]);
  });

  it('keeps the gap before the first sample of all, and drops one inside a sample', () => {
    const folded = foldStretches([aSample(0, { afterGap: true }), aSample(5000, { afterGap: true })], minute);
    expect(folded.map(({ afterGap }) => afterGap)).toEqual([true]);
    expect(foldStretches([aSample(0), aSample(5000, { afterGap: true })], minute)[0]?.afterGap).toBe(false);
  });
});

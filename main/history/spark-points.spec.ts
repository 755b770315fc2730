import { describe, expect, it } from 'vitest';
import type { UsageSample } from '../../bridge/schema/history.js';
import { sparkLine } from './spark-points.js';

function sample(second: number, cpuPercent: number, afterGap = false): UsageSample {
  const rates = { receivedPerSecond: null, sentPerSecond: null };
  const band = { cpuPercent, memoryBytes: cpuPercent * 10, ...rates, players: null };
  return { ...band, at: second * 1000, diskBytes: 0, afterGap, low: band, high: band };
}

describe('sparkPoints', () => {
  it('has a mean for each minute and a half', () => {
    const points = sparkLine([sample(5, 10), sample(80, 30), sample(95, 50)]);
    expect(points).toEqual([
      { at: 80_000, cpuPercent: 20, memoryBytes: 200, afterGap: false },
      { at: 95_000, cpuPercent: 50, memoryBytes: 500, afterGap: false },
    ]);
  });

  it('keeps gaps, also within one point', () => {
    const points = sparkLine([sample(5, 10), sample(60, 30, true), sample(65, 50)]);
    expect(points.map(({ cpuPercent, afterGap }) => [cpuPercent, afterGap])).toEqual([
      [10, false],
      [40, true],
    ]);
  });

  it('makes about forty points of an hour', () => {
    const hour = Array.from({ length: 720 }, (_, index) => sample(index * 5, 1));
    expect(sparkLine(hour)).toHaveLength(40);
    expect(sparkLine([])).toEqual([]);
  });
});

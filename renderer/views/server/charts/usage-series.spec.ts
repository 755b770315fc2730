import { describe, expect, it } from 'vitest';
import type { UsageSample } from '../../../../bridge/domain.js';
import { chartKinds } from './chart-kinds.js';
import { columns, highest, lastHour, lonely, moved, sampleNear } from './usage-series.js';

const sample = (at: number, fields: Partial<UsageSample> = {}): UsageSample => ({
  at,
  cpuPercent: at / 1000,
  memoryBytes: 0,
  diskBytes: 0,
  receivedPerSecond: 1,
  sentPerSecond: null,
  afterGap: false,
  ...fields,
});
const seconds = (...all: number[]): UsageSample[] => all.map((one) => sample(one * 1000));

describe('columns', () => {
  it('puts an empty moment into each gap, and none before the first sample', () => {
    const samples = [
      sample(1000, { afterGap: true }),
      sample(2000),
      sample(10_000, { afterGap: true }),
      sample(11_000),
    ];
    expect(columns(samples, chartKinds.cpu.lines)).toEqual({
      times: [1000, 2000, 6000, 10_000, 11_000],
      values: [[1, 2, null, 10, 11]],
    });
  });

  it('has a column for each line, empty where nothing is known', () => {
    expect(columns(seconds(1, 2), chartKinds.network.lines).values).toEqual([
      [1, 1],
      [null, null],
    ]);
  });
});

describe('lastHour', () => {
  it('leaves out what is older, and keeps what is exactly an hour old', () => {
    const samples = seconds(0, 1, 2, 3000);
    expect(lastHour(samples, 3_601_000).map(({ at }) => at)).toEqual([1000, 2000, 3_000_000]);
    expect(lastHour(samples, 9_000_000)).toEqual([]);
    expect(lastHour([], 1)).toEqual([]);
  });
});

describe('lonely', () => {
  it('finds the values without a neighbour', () => {
    expect(lonely([1, null, 2, 3, null, 4])).toEqual([0, 5]);
    expect(lonely([null, null])).toEqual([]);
    expect(lonely([0])).toEqual([0]);
  });
});

describe('highest', () => {
  it('passes over gaps', () => {
    expect(highest([null, 0, 3, null, 2])).toBe(3);
    expect(highest([null])).toBeNull();
    expect(highest([])).toBeNull();
  });
});

describe('sampleNear', () => {
  const samples = [...seconds(100, 105, 165), sample(600_000, { afterGap: true })];
  const near = (second: number): number | undefined => sampleNear(samples, second * 1000)?.at;

  it('takes the nearest, however far apart two are that belong together', () => {
    expect([near(101), near(103), near(130), near(140)]).toEqual([100_000, 105_000, 105_000, 165_000]);
  });

  it('finds nothing within a gap, but a little beside its ends', () => {
    expect([near(170), near(300), near(590)]).toEqual([165_000, undefined, 600_000]);
  });

  it('finds nothing long before and after everything', () => {
    expect([near(50), near(90), near(610), near(700)]).toEqual([undefined, 100_000, 600_000, undefined]);
    expect(sampleNear([], 5)).toBeNull();
  });
});

describe('moved', () => {
  const samples = seconds(0, 10, 20, 500, 900);

  it('begins at the newest', () => {
    expect(moved(samples, null, 'ArrowLeft')).toBe(900_000);
    expect(moved(samples, null, 'PageUp')).toBe(500_000);
  });

  it('goes from sample to sample and stays at the ends', () => {
    expect(moved(samples, 20_000, 'ArrowLeft')).toBe(10_000);
    expect(moved(samples, 20_000, 'ArrowRight')).toBe(500_000);
    expect(moved(samples, 15_000, 'ArrowLeft')).toBe(10_000);
    expect(moved(samples, 15_000, 'ArrowRight')).toBe(20_000);
    expect(moved(samples, 0, 'ArrowLeft')).toBe(0);
    expect(moved(samples, 900_000, 'ArrowRight')).toBe(900_000);
  });

  it('goes by pages and to the ends', () => {
    expect(moved(samples, 300_000, 'PageUp')).toBe(0);
    expect(moved(samples, 300_000, 'PageDown')).toBe(500_000);
    expect(moved(samples, 10_000, 'End')).toBe(900_000);
    expect(moved(samples, 10_000, 'Home')).toBe(0);
  });

  it('leaves other keys and empty charts alone', () => {
    expect(moved(samples, 0, 'a')).toBeUndefined();
    expect(moved([], null, 'ArrowLeft')).toBeUndefined();
  });
});

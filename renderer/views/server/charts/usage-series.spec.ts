import { describe, expect, it } from 'vitest';
import type { UsageSample } from '../../../../bridge/schema/history.js';
import { aSample } from '../../../../tests/support/samples.js';
import { chartKinds } from './chart-kinds.js';
import {
  columns,
  highest,
  inSight,
  joinSamples,
  lonely,
  movedCrossHair,
  sampleNear,
} from './usage-series.js';

const sample = (at: number, fields: Partial<UsageSample> = {}): UsageSample =>
  aSample(at, { cpuPercent: at / 1000, receivedPerSecond: 1, ...fields });
const seconds = (...all: number[]): UsageSample[] => all.map((one) => sample(one * 1000));
const sampleWithBand = (at: number, low: number, high: number): UsageSample => {
  const band = (cpuPercent: number) => ({ ...sample(at), cpuPercent });
  return { ...sample(at), low: band(low), high: band(high) };
};
const reachMs = 15_000;
const pageMs = 300_000;

describe('columns', () => {
  it('puts an empty entry into each gap, and none before the first sample', () => {
    const samples = [
      sample(1000, { afterGap: true }),
      sample(2000),
      sample(10_000, { afterGap: true }),
      sample(11_000),
    ];
    expect(columns(samples, chartKinds.cpu.lines)).toEqual({
      times: [1000, 2000, 6000, 10_000, 11_000],
      values: [[1, 2, null, 10, 11]],
      lows: [[1, 2, null, 10, 11]],
      highs: [[1, 2, null, 10, 11]],
    });
  });

  it('has minimum and maximum of averaged samples, and none in a gap', () => {
    const samples = [
      sampleWithBand(1000, 0, 9),
      { ...sampleWithBand(5000, 2, 30), afterGap: true },
      sample(6000),
    ];
    const { lows, highs } = columns(samples, chartKinds.cpu.lines);
    expect(lows).toEqual([[0, null, 2, 6]]);
    expect(highs).toEqual([[9, null, 30, 6]]);
  });

  it('has a column per line, empty for unknown values', () => {
    expect(columns(seconds(1, 2), chartKinds.network.lines).values).toEqual([
      [1, 1],
      [null, null],
    ]);
  });
});

describe('inSight', () => {
  const at = (from: number, until: number): number[] =>
    inSight(seconds(0, 10, 20, 30), { from: from * 1000, until: until * 1000 }).map((one) => one.at / 1000);

  it('includes the samples of the span, and the nearest on each side', () => {
    expect(at(10, 20)).toEqual([0, 10, 20, 30]);
    expect(at(11, 19)).toEqual([10, 20]);
    expect(at(25, 90)).toEqual([20, 30]);
    expect(at(-5, -1)).toEqual([0]);
  });

  it('is empty without samples', () => {
    expect(inSight([], { from: 0, until: 5 })).toEqual([]);
  });
});

describe('joined', () => {
  it('continues with newer samples up to the moment', () => {
    const past = [sampleWithBand(60_000, 0, 1), sampleWithBand(120_000, 0, 1)];
    const all = joinSamples(past, seconds(115, 120, 125, 130, 135), 130_000);
    expect(all.map(({ at }) => at / 1000)).toEqual([60, 120, 125, 130]);
    expect(joinSamples([], seconds(1, 2), 9000)).toHaveLength(2);
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
  it('skips gaps', () => {
    expect(highest([null, 0, 3, null, 2])).toBe(3);
    expect(highest([null])).toBeNull();
    expect(highest([])).toBeNull();
  });
});

describe('sampleNear', () => {
  const samples = [...seconds(100, 105, 165), sample(600_000, { afterGap: true })];
  const near = (second: number): number | undefined => sampleNear(samples, second * 1000, reachMs)?.at;

  it('finds the nearest sample, however far apart two adjacent samples are', () => {
    expect([near(101), near(103), near(130), near(140)]).toEqual([100_000, 105_000, 105_000, 165_000]);
  });

  it('finds no sample within a gap, except close to its ends', () => {
    expect([near(170), near(300), near(590)]).toEqual([165_000, undefined, 600_000]);
  });

  it('finds no sample long before the first and long after the last', () => {
    expect([near(50), near(90), near(610), near(700)]).toEqual([undefined, 100_000, 600_000, undefined]);
    expect(sampleNear([], 5, reachMs)).toBeNull();
  });
});

describe('moved', () => {
  const move = (of: readonly UsageSample[], at: number | null, key: string): number | undefined =>
    movedCrossHair(of, at, key, pageMs);
  const samples = seconds(0, 10, 20, 500, 900);

  it('starts at the newest sample', () => {
    expect(move(samples, null, 'ArrowLeft')).toBe(900_000);
    expect(move(samples, null, 'PageUp')).toBe(500_000);
  });

  it('goes from sample to sample and stays at the ends', () => {
    expect(move(samples, 20_000, 'ArrowLeft')).toBe(10_000);
    expect(move(samples, 20_000, 'ArrowRight')).toBe(500_000);
    expect(move(samples, 15_000, 'ArrowLeft')).toBe(10_000);
    expect(move(samples, 15_000, 'ArrowRight')).toBe(20_000);
    expect(move(samples, 0, 'ArrowLeft')).toBe(0);
    expect(move(samples, 900_000, 'ArrowRight')).toBe(900_000);
  });

  it('goes by pages and to the ends', () => {
    expect(move(samples, 300_000, 'PageUp')).toBe(0);
    expect(move(samples, 300_000, 'PageDown')).toBe(500_000);
    expect(move(samples, 10_000, 'End')).toBe(900_000);
    expect(move(samples, 10_000, 'Home')).toBe(0);
  });

  it('ignores other keys and empty charts', () => {
    expect(move(samples, 0, 'a')).toBeUndefined();
    expect(move([], null, 'ArrowLeft')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { chartKinds } from './chart-kinds.js';
import { chartScale } from './chart-scale.js';

const { cpu, memory, network } = chartKinds;
const mib = 1024 ** 2;

describe('chartScale', () => {
  it('follows the figures until they come near the limit', () => {
    expect(chartScale(cpu, 12, 200).ticks).toEqual([10, 20]);
    expect(chartScale(memory, 200 * mib, 8192 * mib).ticks).toEqual([128 * mib, 256 * mib]);
    expect(chartScale(cpu, 130, 200).ticks).toEqual([100, 200]);
  });

  it('includes the limit on request, with room above it', () => {
    const { top, ticks } = chartScale(cpu, 12, 200, true);
    expect(ticks).toEqual([100, 200]);
    expect(top).toBeGreaterThan(200);
    expect(top).toBeLessThan(240);
  });

  it('grows with figures above the limit', () => {
    expect(chartScale(memory, 900 * mib, 512 * mib).top).toBeGreaterThan(900 * mib);
    expect(chartScale(memory, 900 * mib, 512 * mib).ticks).toEqual([256 * mib, 512 * mib]);
  });

  it('omits a half that would be rounded', () => {
    expect(chartScale(cpu, 1, 75, true).ticks).toEqual([75]);
  });

  it('ends at a round figure without a limit', () => {
    expect(chartScale(cpu, 130, null).ticks).toEqual([100, 200]);
    expect(chartScale(cpu, 5000, null).ticks).toEqual([2500, 5000]);
    expect(chartScale(cpu, 5001, null).ticks).toEqual([5000, 10_000]);
    expect(chartScale(memory, 1.1 * 1024 * mib, null).ticks).toEqual([1024 * mib, 2048 * mib]);
    expect(chartScale(network, 1500, null).ticks).toEqual([1024, 2048]);
  });

  it('keeps quiet servers low, and treats missing and invalid values as zero', () => {
    expect(chartScale(cpu, 0.2, null).ticks).toEqual([5, 10]);
    expect(chartScale(network, null, null).ticks).toEqual([512, 1024]);
    expect(chartScale(network, -5, null).ticks).toEqual([512, 1024]);
    expect(chartScale(memory, null, 0).ticks).toEqual([32 * mib, 64 * mib]);
  });
});

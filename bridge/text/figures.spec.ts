import { describe, expect, it } from 'vitest';
import { bytes, bytesOfLimit, bytesPerLimit, percent, percentOfLimit, percentPerLimit } from './figures.js';

const kib = 1024;
const mib = 1024 * kib;
const gib = 1024 * mib;

describe('percent', () => {
  it.each([
    [0, '0 %'],
    [0.4, '<1 %'],
    [0.5, '1 %'],
    [12.4, '12 %'],
    [1204, '1204 %'],
    [-3, '0 %'],
    [Number.NaN, '0 %'],
    [Infinity, '0 %'],
  ])('%d is %s', (value, text) => {
    expect(percent(value)).toBe(text);
  });

  it('stands beside its limit, and a limit of 0 is none', () => {
    expect([60, 0, null].map((limit) => percentPerLimit(57, limit))).toEqual(['57/60 %', '57 %/∞', '57 %/∞']);
    expect([60, 0, null].map((limit) => percentOfLimit(57, limit))).toEqual(['57 of 60 %', '57 %', '57 %']);
  });
});

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [999.5, '1 KiB'],
    [1.15 * gib, '1.1 GiB'],
    [9.94 * mib, '9.9 MiB'],
    [9.95 * mib, '10 MiB'],
    [612 * mib, '612 MiB'],
    [999.4 * mib, '999 MiB'],
    [999.5 * mib, '1 GiB'],
    [5 * gib * kib * kib * kib, '5120 PiB'],
    [-1, '0 B'],
    [Number.NaN, '0 B'],
  ])('%d are %s', (count, text) => {
    expect(bytes(count)).toBe(text);
  });

  it('stand beside their limit, with the unit once if both have the same', () => {
    expect(bytesPerLimit(612 * mib, gib)).toBe('612 MiB/1 GiB');
    expect(bytesPerLimit(1.1 * gib, 2 * gib)).toBe('1.1/2 GiB');
    expect(bytesPerLimit(612 * mib, null)).toBe('612 MiB/∞');
    expect(bytesOfLimit(612 * mib, gib)).toBe('612 MiB of 1 GiB');
    expect(bytesOfLimit(612 * mib, null)).toBe('612 MiB');
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '../../../messages/messages.js';
import { ago, byteRate, bytes, bytesPerLimit, formatList, percent, share, until } from './format.js';

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

afterEach(() => speak(() => 'en'));

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 KiB'],
    [1536, '1.5 KiB'],
    [612 * MiB, '612 MiB'],
    [1000 * MiB, '1 GiB'],
    [1.1 * GiB, '1.1 GiB'],
    [9.96 * GiB, '10 GiB'],
    [-5, '0 B'],
    [Number.NaN, '0 B'],
    [5 * 1024 ** 6, '5120 PiB'],
  ])('writes %d as %s', (count, text) => {
    expect(bytes(count)).toBe(text);
  });

  it('gives the unit once if both are the same', () => {
    expect(bytesPerLimit(612 * MiB, GiB)).toBe('612 MiB/1 GiB');
    expect(bytesPerLimit(1.1 * GiB, 2 * GiB)).toBe('1.1/2 GiB');
    expect(bytesPerLimit(MiB, null)).toBe('1 MiB/∞');
  });

  it('writes rates', () => {
    expect(byteRate(2048)).toBe('2 KiB/s');
  });
});

describe('percent', () => {
  it.each([
    [0, '0 %'],
    [0.01, '<1 %'],
    [0.49, '<1 %'],
    [0.5, '1 %'],
    [0.96, '1 %'],
    [12.4, '12 %'],
    [1204, '1204 %'],
    [Number.NaN, '0 %'],
  ])('writes %d as %s', (value, text) => {
    expect(percent(value)).toBe(text);
  });
});

describe('time', () => {
  it.each([
    [-1000, 'just now'],
    [4_999, 'just now'],
    [40_000, '40 s ago'],
    [125_000, '2 min ago'],
    [3 * 3_600_000, '3 h ago'],
    [5 * 86_400_000, '5 d ago'],
  ])('writes %d ms ago as %s', (ms, text) => {
    expect(ago(0, ms)).toBe(text);
  });

  it('counts down to zero', () => {
    expect(until(8_001, 1)).toBe('8 s');
    expect(until(90_000, 0)).toBe('2 min');
    expect(until(0, 1)).toBe('now');
  });
});

describe('share', () => {
  it('stays between 0 and 1, and is missing without a limit', () => {
    expect(share(1, 2)).toBe(0.5);
    expect(share(3, 2)).toBe(1);
    expect(share(-3, 2)).toBe(0);
    expect(share(1, null)).toBeNull();
    expect(share(1, 0)).toBeNull();
  });
});

describe('in another language', () => {
  it('formats numbers and times for that language', () => {
    speak(() => 'de');
    expect([bytes(1.1 * GiB), bytesPerLimit(1.5 * GiB, 2 * GiB), byteRate(1536)]).toEqual([
      '1,1 GiB',
      '1,5/2 GiB',
      '1,5 KiB/s',
    ]);
    expect([percent(0.44), percent(1204)]).toEqual(['<1 %', '1204 %']);
    expect([ago(0, 125_000), ago(0, 0), until(0, 1)]).toEqual(['vor 2 min', 'gerade eben', 'jetzt']);
    expect(formatList(['a', 'b', 'c'])).toBe('a, b und c');
  });

  it('follows a changed language at once', () => {
    expect(bytes(1536)).toBe('1.5 KiB');
    speak(() => 'de');
    expect(bytes(1536)).toBe('1,5 KiB');
  });
});

import { describe, expect, it } from 'vitest';
import { dropAt, offsetsOf, rowAt, rowsBetween } from './virtual-layout.js';

const offsets = offsetsOf([30, 36, 36, 36, 30]);

describe('virtual layout', () => {
  it('adds up the heights', () => {
    expect(offsets).toEqual([0, 30, 66, 102, 138, 168]);
    expect(offsetsOf([])).toEqual([0]);
  });

  it.each([
    [-5, 0],
    [0, 0],
    [29, 0],
    [30, 1],
    [101, 2],
    [167, 4],
    [900, 4],
  ])('finds the row at %i: %i', (y, row) => {
    expect(rowAt(offsets, y)).toBe(row);
  });

  it('has no row in an empty list', () => {
    expect(rowAt([0], 10)).toBe(-1);
    expect(rowsBetween([0], 0, 100, { extra: 3, group: 1, smallest: Infinity })).toEqual({
      first: 0,
      end: 0,
    });
    expect(dropAt([0], 4)).toBeNull();
  });

  it('draws the visible rows and a few more, at most all', () => {
    const between = (top: number, bottom: number, extra: number) =>
      rowsBetween(offsets, top, bottom, { extra, group: 1, smallest: 30 });
    expect(between(40, 70, 0)).toEqual({ first: 1, end: 3 });
    expect(between(40, 70, 1)).toEqual({ first: 0, end: 4 });
    expect(between(0, 5000, 8)).toEqual({ first: 0, end: 5 });
  });

  it('always draws the same number, and changes only by whole groups', () => {
    const many = offsetsOf(Array.from({ length: 50 }, () => 36));
    const between = (top: number) => rowsBetween(many, top, top + 360, { extra: 2, group: 4, smallest: 36 });
    expect(between(0)).toEqual({ first: 0, end: 18 });
    expect(between(36 * 10)).toEqual({ first: 8, end: 26 });
    expect(between(36 * 11)).toEqual({ first: 8, end: 26 });
    expect(between(36 * 14)).toEqual({ first: 12, end: 30 });
    expect(between(36 * 45)).toEqual({ first: 32, end: 50 });
  });

  it.each([{ top: 0 }, { top: 17 }, { top: 500 }, { top: 1099 }, { top: 1440 }])(
    'has at least the extra rows around the visible rows at $top',
    ({ top }) => {
      const heights = Array.from({ length: 60 }, (_, at) => (at % 7 === 0 ? 34 : 36));
      const rows = offsetsOf(heights);
      const { first, end } = rowsBetween(rows, top, top + 360, { extra: 3, group: 4, smallest: 34 });
      expect(first).toBeLessThanOrEqual(Math.max(0, rowAt(rows, top) - 3));
      expect(end).toBeGreaterThanOrEqual(Math.min(60, rowAt(rows, top + 360) + 4));
    },
  );

  it('drops beside the nearest row', () => {
    expect(dropAt(offsets, 31)).toEqual({ at: 1, side: 'before' });
    expect(dropAt(offsets, 60)).toEqual({ at: 1, side: 'after' });
    expect(dropAt(offsets, 999)).toEqual({ at: 4, side: 'after' });
  });
});

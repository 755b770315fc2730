import { describe, expect, it } from 'vitest';
import { dropAt, offsetsOf, rowAt, rowsBetween } from './virtual-layout.js';

const offsets = offsetsOf([30, 36, 36, 36, 30]);

describe('virtual layout', () => {
  it('adds the heights up', () => {
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
    expect(rowsBetween([0], 0, 100, { extra: 3 })).toEqual({ first: 0, end: 0 });
    expect(dropAt([0], 4)).toBeNull();
  });

  it('draws what is in sight and a few more, never more than there are', () => {
    expect(rowsBetween(offsets, 40, 70, { extra: 0 })).toEqual({ first: 1, end: 3 });
    expect(rowsBetween(offsets, 40, 70, { extra: 1 })).toEqual({ first: 0, end: 4 });
    expect(rowsBetween(offsets, 0, 5000, { extra: 8 })).toEqual({ first: 0, end: 5 });
    const many = offsetsOf(Array.from({ length: 5000 }, () => 36));
    const { first, end } = rowsBetween(many, 36 * 2000, 36 * 2000 + 720, { extra: 6 });
    expect([first, end]).toEqual([1994, 2027]);
  });

  it('changes what is drawn only once a whole group has come into sight', () => {
    const many = offsetsOf(Array.from({ length: 50 }, () => 36));
    const between = (top: number) => rowsBetween(many, top, top + 360, { extra: 2, group: 4 });
    expect(between(36 * 10)).toEqual({ first: 8, end: 24 });
    expect(between(36 * 11)).toEqual({ first: 8, end: 24 });
    expect(between(36 * 14)).toEqual({ first: 12, end: 28 });
    expect(between(36 * 45)).toEqual({ first: 40, end: 50 });
  });

  it('drops beside the row that is nearest', () => {
    expect(dropAt(offsets, 31)).toEqual({ at: 1, side: 'before' });
    expect(dropAt(offsets, 60)).toEqual({ at: 1, side: 'after' });
    expect(dropAt(offsets, 999)).toEqual({ at: 4, side: 'after' });
  });
});

import { describe, expect, it } from 'vitest';
import { cellPlace, moved, shownRange, slotsOf } from './grid-place.js';

describe('shownRange', () => {
  it('is the visible cells, and three on each side', () => {
    expect(shownRange({ from: 440, room: 100, size: 44, count: 1000 })).toEqual({ first: 7, end: 16 });
    expect(shownRange({ from: 0, room: 100, size: 44, count: 2 })).toEqual({ first: 0, end: 2 });
    expect(shownRange({ from: 9000, room: 100, size: 44, count: 5 })).toEqual({ first: 5, end: 5 });
    expect(shownRange({ from: 0, room: 100, size: 44, count: 0 })).toEqual({ first: 0, end: 0 });
  });
});

it('never draws more than its slots, so that no two of them have one key', () => {
  const { room, size } = { room: 100, size: 44 };
  for (let from = 0; from < 200; from += 1) {
    const { first, end } = shownRange({ from, room, size, count: 1000 });
    expect(end - first).toBeLessThanOrEqual(slotsOf({ room, size }));
  }
});

describe('moved', () => {
  const size = { rows: 10, columns: 4, page: 5 };
  const press = (key: string, ctrlKey = false, from = { row: 3, column: 1 }) =>
    moved(from, { key, ctrlKey }, size);

  it('moves within the grid, and to the head of the row', () => {
    expect(press('ArrowUp')).toEqual({ row: 2, column: 1 });
    expect(press('ArrowRight', false, { row: 3, column: 3 })).toEqual({ row: 3, column: 3 });
    expect(press('ArrowLeft', false, { row: 3, column: -1 })).toEqual({ row: 3, column: -1 });
    expect(press('PageDown', false, { row: 7, column: 0 })).toEqual({ row: 9, column: 0 });
    expect(press('Home')).toEqual({ row: 3, column: -1 });
    expect(press('End', true)).toEqual({ row: 9, column: 3 });
  });

  it('leaves other keys alone', () => {
    expect(press('a')).toBeNull();
    expect(press('ArrowUp', true)).toBeNull();
  });
});

it('a place stays within a grid that has become smaller', () => {
  expect(cellPlace({ row: 8, column: 5 }, { rows: 3, columns: 2 })).toEqual({ row: 2, column: 1 });
  expect(cellPlace({ row: 8, column: 5 }, { rows: 0, columns: 0 })).toEqual({ row: 0, column: -1 });
});

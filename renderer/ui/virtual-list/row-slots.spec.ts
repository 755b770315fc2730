import { expect, test } from 'vitest';
import { RowSlots } from './row-slots.js';

test('visible rows keep their element, and new rows take a free one', () => {
  const slots = new RowSlots();
  expect(slots.assign(['a', 'b', 'c'])).toEqual([0, 1, 2]);
  expect(slots.assign(['b', 'c', 'd'])).toEqual([1, 2, 0]);
  expect(slots.assign(['b', 'x', 'y'])).toEqual(expect.arrayContaining([0, 1, 2]));
  expect(slots.assign(['b', 'x', 'y'])[0]).toBe(1);
});

test('no two rows share an element, whatever rows come and go', () => {
  const slots = new RowSlots();
  const most = 12;
  for (let at = 0; at < 200; at++) {
    const from = (at * 7) % 50;
    const keys = Array.from({ length: 5 + (at % (most - 4)) }, (_, step) => `row ${from + step}`);
    const given = slots.assign(keys);
    expect(new Set(given).size).toBe(keys.length);
    expect(slots.assign(keys)).toEqual(given);
  }
});

test('the same rows again change nothing, and a list that was empty starts afresh', () => {
  const slots = new RowSlots();
  slots.assign(['a', 'b']);
  expect(slots.assign([])).toEqual([]);
  expect(new Set(slots.assign(['a', 'b'])).size).toBe(2);
});

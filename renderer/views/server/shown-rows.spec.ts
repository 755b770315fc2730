import { expect, it } from 'vitest';
import { shownRows } from './shown-rows.js';

it('a list is shown whole up to a thousand rows, and a longer one says how many are left out', () => {
  const list = Array.from({ length: 1003 }, (_, at) => at);
  expect(shownRows(list.slice(0, 1000))).toEqual({ rows: list.slice(0, 1000), leftOut: 0 });
  const { rows, leftOut } = shownRows(list);
  expect([rows.length, rows.at(-1), leftOut]).toEqual([1000, 999, 3]);
});

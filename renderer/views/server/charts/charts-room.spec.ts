import { expect, it } from 'vitest';
import { hasRoomBeside } from './charts-room.js';

/** 80 columns at 7.525 px a letter. */
const columns = 602;

it.each([
  ['the smallest window', 672, false],
  ['a view that leaves one column less', 1015, false],
  ['a view that leaves them all', 1016, true],
  ['a large monitor', 2312, true],
])('%s: %i px', (_, width, fits) => {
  expect(hasRoomBeside(width, columns)).toBe(fits);
});

it('a larger font needs a wider view', () => {
  expect(hasRoomBeside(1100, columns)).toBe(true);
  expect(hasRoomBeside(1100, columns * 1.2)).toBe(false);
});

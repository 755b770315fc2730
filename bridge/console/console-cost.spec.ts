import { expect, it } from 'vitest';
import { consoleCost } from './console-cost.js';

it('counts the characters of lines, and the lines', () => {
  expect(consoleCost([])).toBe(0);
  expect(consoleCost([{ text: 'abc' }, { text: '' }])).toBe(3 + 2 * 64);
});

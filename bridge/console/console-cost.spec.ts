import { expect, it } from 'vitest';
import { consoleCost } from './console-cost.js';

it('the cost counts characters, and a fixed share for each line', () => {
  expect(consoleCost([])).toBe(0);
  expect(consoleCost([{ text: 'abc' }, { text: '' }])).toBe(3 + 2 * 64);
});

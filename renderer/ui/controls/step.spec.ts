import { describe, expect, it } from 'vitest';
import { stepped } from './step.js';

describe('stepped', () => {
  it.each([
    ['3', 1, '3', '32', '4'],
    ['3', -1, '3', '32', null],
    ['32', 1, '3', '32', null],
    ['900', -1, '3', '32', '32'],
    ['-2', 1, null, null, '-1'],
    ['0.1', 1, null, null, '1.1'],
    ['', 1, '3', '32', '3'],
    ['', -1, null, null, '0'],
    ['many', 1, null, null, null],
    ['76561202255233023', 1, null, null, null],
  ] as const)('%s by %d between %s and %s is %s', (text, by, min, max, next) => {
    expect(stepped(text, by, min, max)).toBe(next);
  });
});

import { expect, it } from 'vitest';
import { LineCutter } from './line-cutter.js';

it('lines are whole, however the stream was cut, and empty lines are left out', () => {
  const cutter = new LineCutter(5);
  expect(cutter.push('one\ntw')).toEqual(['one']);
  expect(cutter.push('o\n\n \nthree')).toEqual(['two']);
  expect(cutter.push('\n')).toEqual(['three']);
  expect(cutter.push('')).toEqual([]);
});

it('a line above the limit makes the stream unusable, finished or not', () => {
  expect(new LineCutter(5).push('123456')).toBeNull();
  expect(new LineCutter(5).push('123456\n')).toBeNull();
  expect(new LineCutter(5).push('a\n123456\nb\n')).toBeNull();
});

import { expect, it } from 'vitest';
import { inTextOrder } from './in-text-order.js';

const sorted = (...texts: string[]): string[] => inTextOrder(texts, (text) => text);

it('compares in any case, and numbers by their value', () => {
  expect(sorted('world_10', 'World_2', 'apple', 'Zoo', 'world')).toEqual([
    'apple',
    'world',
    'World_2',
    'world_10',
    'Zoo',
  ]);
});

it('has one order for names that differ in case or in leading zeros only', () => {
  const names = ['a.txt', 'A.txt', 'a01', 'a1'];
  expect(sorted(...names)).toEqual(sorted(...names.toReversed()));
});

import { expect, it } from 'vitest';
import * as z from 'zod';
import { wholeList } from './whole-list.js';

const list = wholeList(z.object({ id: z.int(), name: z.string() }), 3, ({ id }) => String(id));
const a = { id: 1, name: 'a' };
const b = { id: 2, name: 'b' };

it('has the first item for each key, without items that do not parse', () => {
  expect(list.parse({ data: [a, null, { ...a, name: 'later' }] })).toEqual([a]);
});

it('ends at its length, invalid items included', () => {
  expect(list.parse({ data: [null, a, null, b] })).toEqual([a]);
});

it('is empty for an empty list only', () => {
  expect(list.parse({ data: [] })).toEqual([]);
  expect(list.safeParse({ data: [null, { id: 'x' }] }).success).toBe(false);
  expect(list.safeParse({}).success).toBe(false);
});

import { expect, it } from 'vitest';
import * as z from 'zod';
import { settingsSchema } from '../../bridge/schema/settings.js';
import { whatFits } from './what-fits.js';

const schema = z.object({
  names: z.array(z.string()).default([]),
  sizes: z.partialRecord(z.enum(['small', 'large']), z.number()).default({}),
  place: z.object({ x: z.number(), y: z.number() }).nullable().default(null),
});

it.each<[string, unknown, unknown]>([
  ['elements of lists', { names: ['a', 1, 'b'] }, { names: ['a', 'b'] }],
  ['entries of tables', { sizes: { small: 1, large: 'x', other: 2 } }, { sizes: { small: 1 } }],
  ['fields that may be missing', { names: 3, sizes: { small: 1 } }, { sizes: { small: 1 } }],
  ['objects that lack something', { names: ['a'], place: { x: 1 } }, { names: ['a'] }],
])('the invalid part is left out: %s', (_what, value, kept) => {
  expect(whatFits(value, schema)).toEqual(kept);
});

it('the result is undefined if no entry is valid', () => {
  expect(whatFits('text', schema)).toBeUndefined();
  expect(whatFits(['a'], schema)).toBeUndefined();
});

it.each<[string, unknown]>([
  ['a list without end', { pins: Array.from({ length: 500_000 }, () => 1) }],
  [
    'names that nobody knows',
    { alerts: Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [n, n])) },
  ],
  [
    'a table without end',
    { fleetColumns: { widths: Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [n, n])) } },
  ],
])('the time stays short for %s', (_what, value) => {
  expect(whatFits({ theme: 'dark', confirmStop: 1, ...(value as object) }, settingsSchema)).toMatchObject({
    theme: 'dark',
  });
});

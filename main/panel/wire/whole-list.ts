import * as z from 'zod';
import { answered, validItems, uniqueBy } from './fields.js';

/**
 * More than fit into the longest answer that Perch reads (8 MiB). Where a missing item means that something is gone, no list
 * may be cut.
 */
export const uncut = 100_000;

/**
 * Schema of a list that comes without pages: each key once, and `most` items at most. Items that do not parse are left
 * out.
 */
export function wholeList<T>(item: z.ZodType<T>, most: number, keyOf: (one: T) => string) {
  return (
    z
      .looseObject({ data: answered })
      .transform(({ data }) => ({
        found: uniqueBy(validItems(data.slice(0, most), item), keyOf),
        count: data.length,
      }))
      // A list of only invalid items is an error: an empty list would look as if the panel had nothing.
      .refine(({ found, count }) => found.length > 0 || count === 0)
      .transform(({ found }) => found)
  );
}

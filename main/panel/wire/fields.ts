/** Fields as panels and their forks send them (PROTOCOL 0 and 2): missing and null have a default, wrong types do not. */
import * as z from 'zod';
import { oneLine } from '../../../bridge/console/plain-line.js';

/** Text of any length up to `max` characters; missing and null become ''. */
export function text(max: number) {
  return z
    .string()
    .nullish()
    .transform((value) => (value ?? '').slice(0, max));
}

/** Text for names: one line without control characters; missing and null become ''. */
export function line(max: number) {
  return z
    .string()
    .nullish()
    .transform((value) => oneLine(value ?? '', max));
}

/** Some write "no limit" as the largest int64; beyond 2^64 nothing makes sense. As bytes, such megabytes are finite. */
const largest = 2 ** 64;
const bounded = z.number().min(-largest).max(largest);

/** A number, also as text, of at most 2^64 either way; missing and null become `otherwise`. */
export function amount(otherwise: number) {
  return z
    .union([
      bounded,
      z
        .string()
        .regex(/^-?\d+(?:\.\d+)?$/)
        .transform(Number)
        .pipe(bounded),
    ])
    .nullish()
    .transform((value) => value ?? otherwise);
}

/** Yes or no, also as 0 and 1; missing and null mean no. */
export const flag = z
  .union([z.boolean(), z.literal(0), z.literal(1)])
  .nullish()
  .transform((value) => value === true || value === 1);

/** What may stand in an URL and in an id of ours: short ids, UUIDs, `serv_...`. */
export const identifier = z.string().regex(/^[\w-]{1,100}$/);

/** A relationship: a list, or `null_resource`, or not there at all; the last two give null (PROTOCOL 2.0). */
export const relation = z
  .looseObject({ data: z.array(z.unknown()).nullish() })
  .nullish()
  .transform((value) => value?.data ?? null);

/** A line for what may be missing: null where there is nothing to read in it. */
export function optionalLine(max: number) {
  return line(max).transform((value) => value || null);
}

/** The first of those with one key: windows list things by their keys, and a panel may send one twice. */
export function uniqueBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.toReversed().map((item) => [key(item), item])).values()].toReversed();
}

/** Parses each element alone; what does not parse is left out, so one bad element spoils nothing but itself. */
export function goodOnes<T>(items: readonly unknown[], schema: z.ZodType<T>): T[] {
  return items.flatMap((item) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}

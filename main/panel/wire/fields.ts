/**
 * Schemas for common fields of panels and forks (PROTOCOL 0 and 2). Missing and null become a default; wrong types
 * fail.
 */
import * as z from 'zod';
import { oneLine } from '../../../bridge/console/plain-line.js';

/** The fields in the panel's envelope `{ attributes }` (PROTOCOL 2.0). */
export function enveloped<Fields extends z.ZodRawShape>(fields: Fields) {
  return z.looseObject({ attributes: z.looseObject(fields) }).transform(({ attributes }) => attributes);
}

/** Text, cut to `max` characters; missing and null become ''. */
export function text(max: number) {
  return z
    .string()
    .nullish()
    .transform((value) => (value ?? '').slice(0, max));
}

/** A name: one line without control characters; missing and null become ''. */
export function line(max: number) {
  return z
    .string()
    .nullish()
    .transform((value) => oneLine(value ?? '', max));
}

/**
 * Some panels send the largest int64 for "no limit"; values above 2^64 are invalid. Megabytes up to 2^64 stay finite as
 * bytes.
 */
const largest = 2 ** 64;
const bounded = z.number().min(-largest).max(largest);

const numeric = z.union([
  bounded,
  z
    .string()
    .regex(/^-?\d+(?:\.\d+)?$/)
    .transform(Number)
    .pipe(bounded),
]);

/** A number or numeric text between -2^64 and 2^64; missing and null become `otherwise`. */
export function amount(otherwise: number) {
  return numeric.nullish().transform((value) => value ?? otherwise);
}

/** As `amount`, for a fact that Perch only shows: null if the number is missing or has another form. */
export const optionalAmount = numeric
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

/** A boolean, 0 or 1; missing and null become false. */
export const flag = z
  .union([z.boolean(), z.literal(0), z.literal(1)])
  .nullish()
  .transform((value) => value === true || value === 1);

/** As `flag`, for a fact that Perch only shows: null if the value is missing or has another form. */
export const optionalFlag = z
  .union([z.boolean(), z.literal(0), z.literal(1)])
  .nullish()
  .catch(null)
  .transform((value) => (value === null || value === undefined ? null : Boolean(value)));

/** An id that is safe in a URL and in Perch's own ids: short ids, UUIDs, `serv_...`. */
export const identifier = z.string().regex(/^[\w-]{1,100}$/);

/** A relationship: a list, `null_resource` or missing. The last two become null (PROTOCOL 2.0). */
export const relation = z
  .looseObject({ data: z.array(z.unknown()).nullish() })
  .nullish()
  .transform((value) => value?.data ?? null);

/** A line; null if the text is missing or empty. */
export function optionalLine(max: number) {
  return line(max).transform((value) => value || null);
}

/** The first item for each key. Windows list items by key, and a panel may send a key twice. */
export function uniqueBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.toReversed().map((item) => [key(item), item])).values()].toReversed();
}

/** Parses each element alone and leaves out the invalid ones. */
export function goodOnes<T>(items: readonly unknown[], schema: z.ZodType<T>): T[] {
  return items.flatMap((item) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}

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

/** Text as panels send it. PHP can write each text that is a number as a number. */
const written = z.union([z.string(), z.number().transform(String)]).nullish();

/** Text, cut to `max` characters; missing and null become ''. */
export function text(max: number) {
  return written.transform((value) => (value ?? '').slice(0, max));
}

/** A name: one line without control characters; missing and null become ''. */
export function line(max: number) {
  return written.transform((value) => oneLine(value ?? '', max));
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

/** A boolean. Database drivers of some hosts make 0, 1 or their texts of the panel's booleans; others write the word. */
const bit = z.union([
  z.boolean(),
  z.enum(['true', 'false']).transform((value) => value === 'true'),
  z.literal([0, 1]).transform((value) => value === 1),
  z.enum(['0', '1']).transform((value) => value === '1'),
]);

/** A boolean in any form that panels send; missing and null become false. */
export const flag = bit.nullish().transform((value) => value ?? false);

/** As `flag`, for a fact that Perch only shows: null if the value is missing or has another form. */
export const optionalFlag = bit
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

/**
 * A time in ms since the epoch, for a fact that Perch only shows: null if the value is missing or is no time. A time
 * without a zone also gives null: read by the clock of this computer, such a time would be hours off.
 */
export const optionalTime = z.iso
  .datetime({ offset: true })
  .nullish()
  .catch(null)
  .transform((text) => (typeof text === 'string' ? Date.parse(text) : null));

/** A whole number from 1 on that names an item, or its text. */
export const numberId = z.union([
  z.int().min(1),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.int().min(1)),
]);

/** PHP writes a list with gaps in its numbering, such as a list after a removal, as an object with numbers for names. */
const withGaps = z.record(z.string().regex(/^\d{1,9}$/), z.unknown());

/** Items of a list within an item. */
export const listed = z.union([z.array(z.unknown()), withGaps.transform((items) => Object.values(items))]);

/** Items of a whole answer. An empty object is no answer: as an empty list, the object would say that nothing exists. */
export const answered = z.union([
  z.array(z.unknown()),
  withGaps.transform((items) => Object.values(items)).refine((items) => items.length > 0),
]);

/** An id that is safe in a URL and in Perch's own ids: short ids, UUIDs, `serv_...`. */
export const identifier = z.string().regex(/^[\w-]{1,100}$/);

/** A relationship: a list, `null_resource` or missing. The last two become null (PROTOCOL 2.0). */
export const relation = z
  .looseObject({ data: listed.nullish() })
  .nullish()
  .catch(null)
  .transform((value) => value?.data ?? null);

/** A line; null if the text is missing or empty. */
export function optionalLine(max: number) {
  return line(max).transform((value) => value || null);
}

/** The first item for each key. Windows list items by key, and a panel may send a key twice. */
export function uniqueBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.toReversed().map((item) => [key(item), item])).values()].toReversed();
}

/** Parses each element separately and leaves out the invalid elements. */
export function validItems<T>(items: readonly unknown[], schema: z.ZodType<T>): T[] {
  return items.flatMap((item) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}

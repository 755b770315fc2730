import * as z from 'zod';

type Schema = z.core.$ZodType;

/** Longest list that is read. Lists of Perch are shorter; a foreign file may hold longer ones. */
const mostElements = 20_000;

/**
 * The value without its invalid parts: list elements, table entries, and object fields that have a default.
 * undefined if nothing is valid. The time grows linearly with the size of the value.
 */
export function whatFits(value: unknown, schema: Schema): unknown {
  const fits = (candidate: unknown): boolean => z.safeParse(schema, candidate).success;
  if (fits(value)) return value;
  const part = partThatFits(value, bare(schema));
  return part !== undefined && fits(part) ? part : undefined;
}

function partThatFits(value: unknown, schema: Schema): unknown {
  if (Array.isArray(value)) {
    if (!(schema instanceof z.ZodArray)) return undefined;
    const { element } = schema;
    return value
      .slice(0, mostElements)
      .map((item) => whatFits(item, element))
      .filter((item) => item !== undefined);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const own = new Map<string, unknown>(Object.entries(value).slice(0, mostElements));
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape as Record<string, Schema>);
    return kept(fields.map(([name, field]) => [name, whatFits(own.get(name), field)]));
  }
  if (!(schema instanceof z.ZodRecord)) return undefined;
  const { keyType, valueType } = schema;
  const entries = [...own].filter(([name]) => z.safeParse(keyType, name).success);
  return kept(entries.map(([name, item]) => [name, whatFits(item, valueType)]));
}

function kept(entries: [string, unknown][]): Record<string, unknown> {
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

/** The schema without the wrappers that allow a missing value. */
function bare(schema: Schema): Schema {
  const mayBeMissing =
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional;
  return mayBeMissing ? bare(schema.unwrap()) : schema;
}

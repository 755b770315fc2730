import * as z from 'zod';

/** The value without list elements that do not fit the schema. Other values stay as they are. */
export function withoutUnfitElements(
  schema: z.ZodType,
  value: unknown,
  leftOut: (error: z.ZodError) => void,
): unknown {
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    const element = schema.element as z.ZodType;
    return value.filter((item: unknown) => {
      const parsed = element.safeParse(item);
      if (!parsed.success) leftOut(parsed.error);
      return parsed.success;
    });
  }
  if (!(schema instanceof z.ZodObject) || typeof value !== 'object' || value === null) return value;
  const fields = schema.shape as Record<string, z.ZodType>;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      const ofField = fields[name];
      return [name, ofField === undefined ? field : withoutUnfitElements(ofField, field, leftOut)];
    }),
  );
}

import * as z from 'zod';

/** A schema with a default for each field; a missing default does not compile. */
export function withDefaults<Shape extends Record<string, z.ZodType>>(
  shape: Shape,
  defaults: { readonly [Name in keyof Shape]: z.output<Shape[Name]> },
): z.ZodObject<{ [Name in keyof Shape]: z.ZodDefault<Shape[Name]> }> {
  const fields = Object.entries(shape).map(([name, field]) => [name, field.default(defaults[name])]);
  return z.object(Object.fromEntries(fields) as { [Name in keyof Shape]: z.ZodDefault<Shape[Name]> });
}

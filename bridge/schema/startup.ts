/** Startup settings of a server: command line, egg variables and Docker images (PROTOCOL 2.10). */
import * as z from 'zod';

const startupVariableSchema = z.object({
  name: z.string(),
  description: z.string(),
  envVariable: z.string(),
  defaultValue: z.string(),
  /** null = never set; the default applies. */
  serverValue: z.string().nullable(),
  isEditable: z.boolean(),
  /** Laravel's validation rules (PROTOCOL 6). */
  rules: z.string(),
});
export type StartupVariable = z.infer<typeof startupVariableSchema>;

export const startupSchema = z.object({
  variables: z.array(startupVariableSchema),
  /** Rendered command, and template (PROTOCOL D11 says which is which). */
  command: z.string(),
  template: z.string(),
  images: z.array(z.object({ label: z.string(), image: z.string() })),
});
export type Startup = z.infer<typeof startupSchema>;

/** Differences from the state of a server at its last good start (REVISIONS "What changed"). */
import * as z from 'zod';
import { fileFactsSchema } from './server-states.js';

const changedFileSchema = z.object({
  /** From the server's folder; of a replaced file the new path. */
  path: z.string(),
  /** The path before, if another file took its place (`X-2.0.jar` -> `X-2.1.jar`); otherwise null. */
  formerPath: z.string().nullable(),
  /** null = the file is new. */
  was: fileFactsSchema.nullable(),
  /** null = the file is gone. */
  is: fileFactsSchema.nullable(),
  /** Revisions with the text then and now; null for a file that is no text, or whose text is not kept. */
  texts: z.object({ was: z.string(), is: z.string().nullable() }).nullable(),
});
export type ChangedFile = z.infer<typeof changedFileSchema>;

/** A value then and now; null = there was or is none. */
const changedValueSchema = z.object({ was: z.string().nullable(), is: z.string().nullable() });
export type ChangedValue = z.infer<typeof changedValueSchema>;

const changedVariableSchema = z.object({
  /** Name of the environment variable. */
  name: z.string(),
  /** null = the value may be a secret, so Perch keeps only that it differs. */
  values: changedValueSchema.nullable(),
});
export type ChangedVariable = z.infer<typeof changedVariableSchema>;

export const startChangesSchema = z.object({
  /** When the last good start began (ms since the epoch); null = Perch has seen none, so it has no state to compare. */
  since: z.number().nullable(),
  files: z.array(changedFileSchema),
  /** Startup variables with another value. */
  variables: z.array(changedVariableSchema),
  /** Template of the start command, which only the host can change; null if it is the same. */
  command: z.object({ values: changedValueSchema.nullable() }).nullable(),
  /** Docker image then and now; null if it is the same. */
  image: z.object({ was: z.string(), is: z.string() }).nullable(),
});
export type StartChanges = z.infer<typeof startChangesSchema>;

/**
 * What a server was started with: its configuration, plugins and mods, startup variables and image (REVISIONS "What
 * changed"). Times are ms since the epoch.
 */
import * as z from 'zod';

export const fileFactsSchema = z.object({ bytes: z.number(), modifiedAt: z.number() });

const watchedFileSchema = fileFactsSchema.extend({
  /** From the server's folder, with leading "/". */
  path: z.string(),
  /** SHA-256 of the content of a text; null for a file of which only the name, size and time are watched. */
  version: z.string().nullable(),
  /** Hash of the text without comments and empty lines, because some games write the date into a comment. */
  meaning: z.string().nullable(),
});
export type WatchedFile = z.infer<typeof watchedFileSchema>;

/** State of a server when it was read. Only files that both states read can be compared. */
export const serverStateSchema = z.object({
  /** Wall-clock time at which the process began; null if it did not run. */
  startedAt: z.number().nullable(),
  readAt: z.number(),
  image: z.string(),
  /** Startup variable -> hash of its value, which may be a secret; null if the account may not read them. */
  variables: z.record(z.string(), z.string()).nullable(),
  /** Startup variable -> value, of those whose value is no secret. */
  values: z.record(z.string(), z.string()).default({}),
  /** Template of the start command: its hash, and its text unless that may be a secret; null = not read. */
  command: z.object({ hash: z.string(), text: z.string().nullable() }).nullable().default(null),
  /** Folders that were listed. */
  folders: z.array(z.string()),
  /** Paths of the text files that were looked for; null = not known, of an older Perch. */
  texts: z.array(z.string()).nullable().default(null),
  files: z.array(watchedFileSchema),
});
export type ServerState = z.infer<typeof serverStateSchema>;

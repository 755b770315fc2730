/** Known causes that keep a server from running, named by its console or its node. */
import * as z from 'zod';

/**
 * `image` = the node could not create a container from the Docker image; `steam-account` = the Steam token;
 * `never-up` = the start does not finish.
 */
export const fixKindSchema = z.enum([
  'eula',
  'java',
  'memory',
  'disk',
  'port',
  'processes',
  'steam-account',
  'steam-disk',
  'image',
  'never-up',
]);
export type FixKind = z.infer<typeof fixKindSchema>;

export const fixItSchema = z.object({
  kind: fixKindSchema,
  at: z.number(),
  /** Java version that the server needs, if a line names it. */
  java: z.number().optional(),
  /** The line that named the cause, and the lines just before it; safe to show and copy. */
  lines: z.array(z.string()),
});
export type FixIt = z.infer<typeof fixItSchema>;

/** The user dismissed this kind of fix-it for this server. */
export const dismissedFixSchema = z.object({ serverId: z.string().max(300), kind: fixKindSchema });
export type DismissedFix = z.infer<typeof dismissedFixSchema>;

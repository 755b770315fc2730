/** What keeps a server from running, where its console or its node has named it, and what a client of the panel can do. */
import * as z from 'zod';

/** `image` = the node made no container of it; `steam-account` = its token for Steam; `never-up` = it starts for ever. */
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
  /** The Java that is needed, where a line has named it. */
  java: z.number().optional(),
  /** What it was seen by, and what came just before; fit to be shown and copied. */
  lines: z.array(z.string()),
});
export type FixIt = z.infer<typeof fixItSchema>;

/** The person does not want to be told of this any more, for this server. */
export const dismissedFixSchema = z.object({ serverId: z.string().max(300), kind: fixKindSchema });
export type DismissedFix = z.infer<typeof dismissedFixSchema>;

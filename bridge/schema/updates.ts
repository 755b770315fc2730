/** Schemas for updates of Perch. Windows use the constants of `bridge/updates.ts`, which does without zod. */
import * as z from 'zod';
import { problemSchema } from './problem.js';
import { updateWays } from '../updates.js';

const offerSchema = z.object({
  version: z.string(),
  /** Release notes as plain text of several lines; empty if the feed has none. */
  notes: z.string(),
  way: z.enum(updateWays),
  /** Terminal command for the update, if the packager provides one. */
  command: z.string().nullable(),
  /** True if the user skipped this version. */
  isSkipped: z.boolean(),
});
export type UpdateOffer = z.infer<typeof offerSchema>;

const updateStateSchema = z.discriminatedUnion('kind', [
  /** This build has no update server. */
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('off') }),
  /** Before the end of the first check. */
  z.object({ kind: z.literal('idle') }),
  z.object({ kind: z.literal('checking') }),
  /**
   * No update. `held` = the announced version is older than this version, or not rolled out to this computer so far.
   */
  z.object({
    kind: z.literal('current'),
    held: z.object({ why: z.enum(['older', 'staged']), version: z.string() }).nullable(),
  }),
  z.object({ kind: z.literal('available'), offer: offerSchema }),
  /** `share` = downloaded part, 0 to 1; null until the size is known. */
  z.object({ kind: z.literal('downloading'), offer: offerSchema, share: z.number().nullable() }),
  /** Downloaded; Perch installs it on quit. */
  z.object({ kind: z.literal('ready'), offer: offerSchema }),
  /** `offer` is set if the download failed, and null if the check failed. */
  z.object({ kind: z.literal('failed'), problem: problemSchema, offer: offerSchema.nullable() }),
]);
export type UpdateState = z.infer<typeof updateStateSchema>;

export const updatesSchema = z.object({
  state: updateStateSchema,
  /** When the update feed was last read (wall-clock time, ms since the epoch); null = never. */
  checkedAt: z.number().nullable(),
  /** Whether a download page exists. */
  hasPage: z.boolean(),
});
export type UpdatesKnown = z.infer<typeof updatesSchema>;

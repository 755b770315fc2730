/** What is known of newer versions, for those who parse it. Windows have the rest, without zod. */
import * as z from 'zod';
import { problemSchema } from './problem.js';
import { updateWays } from '../updates.js';

const offerSchema = z.object({
  version: z.string(),
  /** Plain text of several lines; empty where the feed has none. */
  notes: z.string(),
  way: z.enum(updateWays),
  /** What to type into a terminal, where the packager has a command. */
  command: z.string().nullable(),
  /** The person does not want to be told of this version. */
  isSkipped: z.boolean(),
});
export type UpdateOffer = z.infer<typeof offerSchema>;

const updateStateSchema = z.discriminatedUnion('kind', [
  /** This build knows no place where new versions are announced. */
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('off') }),
  /** Nothing is known yet. */
  z.object({ kind: z.literal('idle') }),
  z.object({ kind: z.literal('checking') }),
  /** `held` = what is announced is no update for this computer: older than this one, or not for everybody yet. */
  z.object({
    kind: z.literal('current'),
    held: z.object({ why: z.enum(['older', 'staged']), version: z.string() }).nullable(),
  }),
  z.object({ kind: z.literal('available'), offer: offerSchema }),
  /** `share` between 0 and 1; null until the size is known. */
  z.object({ kind: z.literal('downloading'), offer: offerSchema, share: z.number().nullable() }),
  /** It is installed when Perch quits. */
  z.object({ kind: z.literal('ready'), offer: offerSchema }),
  /** `offer` where it was the download that failed. */
  z.object({ kind: z.literal('failed'), problem: problemSchema, offer: offerSchema.nullable() }),
]);
export type UpdateState = z.infer<typeof updateStateSchema>;

export const updatesSchema = z.object({
  state: updateStateSchema,
  /** When the feed was last read, the system's time; null where it never was. */
  checkedAt: z.number().nullable(),
  /** Whether there is a page to download from. */
  hasPage: z.boolean(),
});
export type UpdatesKnown = z.infer<typeof updatesSchema>;

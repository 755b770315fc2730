/** A file that a change would replace. */
import * as z from 'zod';

const fileFactsSchema = z.object({
  kind: z.enum(['file', 'folder', 'link', 'other']),
  bytes: z.number(),
  /** ms since the epoch. */
  modifiedAt: z.number(),
});

export const takenFileSchema = z.object({
  /** From the server's folder: `/world/level.dat`. */
  path: z.string(),
  /** The file that has the name now. */
  there: fileFactsSchema,
  /** The file that would replace it; null for a new or unknown file. */
  mine: fileFactsSchema.nullable(),
});
export type TakenFile = z.infer<typeof takenFileSchema>;

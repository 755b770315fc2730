import * as z from 'zod';

/** Where in a window something is typed and neither saved nor sent; the text itself never leaves the window. */
export const draftsSchema = z.object({
  serverIds: z.array(z.string().min(1).max(300)).max(10_000),
  /** The address of a panel that is not connected yet. */
  panel: z.boolean(),
  /** What was entered in a dialog that is open. */
  dialog: z.boolean(),
});
export type Drafts = z.infer<typeof draftsSchema>;

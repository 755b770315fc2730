import * as z from 'zod';

/**
 * Where in a window the user has typed text that is neither saved nor sent.
 * The text itself never leaves the window.
 */
export const draftsSchema = z.object({
  serverIds: z.array(z.string().min(1).max(300)).max(10_000),
  /** True if the address of a new panel was typed. */
  panel: z.boolean(),
  /** True if text was typed in an open dialog. */
  dialog: z.boolean(),
});
export type Drafts = z.infer<typeof draftsSchema>;

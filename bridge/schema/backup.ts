/** What an import of settings would do, in words, before it is done. */
import * as z from 'zod';
import { sentenceSchema } from './sentence.js';

export const backupPreviewSchema = z.object({
  /** Panels that are added, and wait for their key. */
  panels: z.array(sentenceSchema),
  changes: z.array(sentenceSchema),
  leftOut: z.array(sentenceSchema),
});
export type BackupPreview = z.infer<typeof backupPreviewSchema>;

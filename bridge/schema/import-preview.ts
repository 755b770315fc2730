/** Preview of an import of settings: sentences about each change, before it is made. */
import * as z from 'zod';
import { sentenceSchema } from './sentence.js';

export const importPreviewSchema = z.object({
  /** Panels to add; each then needs its API key. */
  panels: z.array(sentenceSchema),
  changes: z.array(sentenceSchema),
  leftOut: z.array(sentenceSchema),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

/** Sentences that cross the process boundary: main names the message, and the window translates it. */
import * as z from 'zod';
import type { Sentence } from '../../messages/messages.js';

export const sentenceSchema: z.ZodType<Sentence> = z.object({
  id: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.lazy(() => sentenceSchema)])).optional(),
});

/**
 * Results of the diagnostics, step by step, for the window and `perch doctor`.
 * They contain names and are only for this user.
 */
import * as z from 'zod';
import { sentenceSchema } from './sentence.js';

/** `warning` = works, but not as it should; `left-out` = nothing to check here. */
export const stepResultSchema = z.enum(['good', 'warning', 'bad', 'unknown', 'left-out']);
export type StepResult = z.infer<typeof stepResultSchema>;

const diagnosisStepSchema = z.object({
  /** From 1, in display order. */
  number: z.number(),
  /** null = the step is about Perch and this computer. */
  panel: z.object({ number: z.number(), label: z.string() }).nullable(),
  name: sentenceSchema,
  /** null until the step has ended. */
  outcome: z
    .object({
      result: stepResultSchema,
      ms: z.number(),
      detail: sentenceSchema,
      /** The next step; null = none. */
      next: sentenceSchema.nullable(),
    })
    .nullable(),
});
export type DiagnosisStep = z.infer<typeof diagnosisStepSchema>;

export const diagnosisSchema = z.object({ isRunning: z.boolean(), steps: z.array(diagnosisStepSchema) });
export type Diagnosis = z.infer<typeof diagnosisSchema>;

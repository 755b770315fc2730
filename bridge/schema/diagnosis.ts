/** What the diagnostics find, step by step: for the window and for `perch doctor`. Names in it are for this person only. */
import * as z from 'zod';
import { sentenceSchema } from './sentence.js';

/** `warning` = works, but not as it should; `left-out` = there is nothing to check here. */
export const stepResultSchema = z.enum(['good', 'warning', 'bad', 'unknown', 'left-out']);
export type StepResult = z.infer<typeof stepResultSchema>;

const diagnosisStepSchema = z.object({
  /** From 1, in the order that they are shown in. */
  number: z.number(),
  /** null = it is about Perch and this computer. */
  panel: z.object({ number: z.number(), label: z.string() }).nullable(),
  name: sentenceSchema,
  /** null until it has ended. */
  outcome: z
    .object({
      result: stepResultSchema,
      ms: z.number(),
      detail: sentenceSchema,
      /** What to do; null where there is nothing to be done. */
      next: sentenceSchema.nullable(),
    })
    .nullable(),
});
export type DiagnosisStep = z.infer<typeof diagnosisStepSchema>;

export const diagnosisSchema = z.object({ isRunning: z.boolean(), steps: z.array(diagnosisStepSchema) });
export type Diagnosis = z.infer<typeof diagnosisSchema>;

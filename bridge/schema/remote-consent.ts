/** What programs ask to be allowed (`perch mcp`), and what the person has allowed for a time. */
import * as z from 'zod';
import { powerSignalSchema } from './domain.js';

const deedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('power'), signal: powerSignalSchema }),
  z.object({ kind: z.literal('command'), command: z.string() }),
]);
export type RemoteAction = z.infer<typeof deedSchema>;

const remoteQuestionSchema = z.object({
  id: z.string(),
  /** What the program calls itself. */
  client: z.string(),
  server: z.string(),
  panel: z.string(),
  /** What tells the server from others of its name (`besideText`); empty where the name does. */
  beside: z.string(),
  deed: deedSchema,
  /** Then it counts as refused. */
  until: z.number(),
  /** Whether it can be allowed for longer than this once: what destroys is asked each time. */
  mayLast: z.boolean(),
});
export type RemoteQuestion = z.infer<typeof remoteQuestionSchema>;

const remoteAllowanceSchema = z.object({
  id: z.string(),
  client: z.string(),
  server: z.string(),
  panel: z.string(),
  /** As in a question, from when it was allowed. */
  beside: z.string(),
  until: z.number(),
});
export type RemoteAllowance = z.infer<typeof remoteAllowanceSchema>;

export const remoteConsentSchema = z.object({
  /** Oldest first. */
  questions: z.array(remoteQuestionSchema),
  allowances: z.array(remoteAllowanceSchema),
});
export type RemoteConsent = z.infer<typeof remoteConsentSchema>;

export const consentAnswers = ['once', 'hour', 'refuse'] as const;
export type ConsentAnswer = (typeof consentAnswers)[number];

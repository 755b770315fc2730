/** Questions of programs (`perch mcp`) to the user, and permissions that the user granted for a time. */
import * as z from 'zod';
import { powerSignalSchema } from './domain.js';

const remoteActionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('power'), signal: powerSignalSchema }),
  z.object({ kind: z.literal('command'), command: z.string() }),
  /** Make a backup. */
  z.object({ kind: z.literal('backup') }),
  /**
   * Create a database, or give one a new password. `name` = as the program or the panel names it; `from` = from where the
   * user of a new one may connect, empty for a new password.
   */
  z.object({
    kind: z.literal('database'),
    change: z.enum(['create', 'rotate']),
    name: z.string(),
    from: z.string(),
  }),
  /**
   * Add an address of a server, or change one. `address` and `notes` are empty where the change has none; `before` = the
   * notes that are lost.
   */
  z.object({
    kind: z.literal('network'),
    change: z.enum(['add', 'note', 'default', 'remove']),
    address: z.string(),
    notes: z.string(),
    before: z.string(),
  }),
  /** Give somebody access to a server, with permissions by id, or remove it. `who` = address or user name. */
  z.object({
    kind: z.literal('access'),
    change: z.enum(['give', 'remove']),
    who: z.string(),
    permissions: z.array(z.string()),
  }),
]);
export type RemoteAction = z.infer<typeof remoteActionSchema>;

const remoteQuestionSchema = z.object({
  id: z.string(),
  /** Name that the program gives itself. */
  client: z.string(),
  server: z.string(),
  panel: z.string(),
  /** Text that distinguishes servers of the same name (`besideText`); empty if the name is unique. */
  beside: z.string(),
  action: remoteActionSchema,
  /** Monotonic time after which the question counts as refused. */
  until: z.number(),
  /** Whether the answer may last for an hour. Destructive actions ask each time. */
  mayLast: z.boolean(),
});
export type RemoteQuestion = z.infer<typeof remoteQuestionSchema>;

const remoteAllowanceSchema = z.object({
  id: z.string(),
  client: z.string(),
  server: z.string(),
  panel: z.string(),
  /** Distinguishing text of the server, as in the question at the time of the answer. */
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

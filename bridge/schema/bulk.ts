/** Progress of a bulk action, as windows, tray and command line show it. Units and times as in `domain.ts`. */
import * as z from 'zod';
import { powerSignalSchema } from './domain.js';
import { problemSchema } from './problem.js';

/** A power signal, a backup of everything, a message to the players, a copy of a schedule, or somebody's access. */
export const bulkActionSchema = z.enum([
  ...powerSignalSchema.options,
  'back-up',
  'message',
  'copy-schedule',
  'give-access',
  'take-access',
]);
export type BulkAction = z.infer<typeof bulkActionSchema>;

/** One server of a bulk action. */
const bulkItemSchema = z.object({
  serverId: z.string(),
  name: z.string(),
  /**
   * `waiting` = not its turn yet; `sent` = the node has the signal, or makes the backup; `done` = the server reached the
   * state, the backup is good, the message was sent, or the server has the schedule;
   * `skipped` = nothing to do or not possible (`problem` says why); `cancelled` = cancelled before its turn;
   * `unknown` = may have been carried out.
   */
  outcome: z.enum(['waiting', 'sent', 'done', 'failed', 'unknown', 'skipped', 'cancelled']),
  problem: problemSchema.nullable(),
});
export type BulkItem = z.infer<typeof bulkItemSchema>;

/**
 * Bulk action: one power signal, backup, message or schedule for many servers, one server after the other with a pause.
 */
export const bulkRunSchema = z.object({
  id: z.string(),
  action: bulkActionSchema,
  /** The message to the players; missing for other actions. */
  text: z.string().optional(),
  /**
   * Length of the wait that ends at `nextAt`: the pause of the settings, or a longer one that a panel asked for
   * (ms).
   */
  pauseMs: z.number(),
  startedAt: z.number(),
  /** When the next server of any panel is due; null while none is due. */
  nextAt: z.number().nullable(),
  /** null while servers wait for their turn or for their state. */
  finishedAt: z.number().nullable(),
  isCancelled: z.boolean(),
  /** For start and restart only: true if the next server follows once the current one runs or has failed to start. */
  waitsForEach: z.boolean(),
  items: z.array(bulkItemSchema),
});
export type BulkRun = z.infer<typeof bulkRunSchema>;

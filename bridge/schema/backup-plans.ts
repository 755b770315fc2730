/**
 * Backups by plan: when the next backup is due, and the outcome of the last planned backup. Times are wall-clock ms
 * since the epoch.
 */
import * as z from 'zod';
import { sentenceSchema } from './sentence.js';

/**
 * Outcome of a planned backup.
 * `waiting` = it waits for its turn; `begun` = the panel makes it, or the server is being made quiet for it; `good` and
 * `failed` = the backup has ended; `refused` = the backup could not begin, see `problem`; `closed` = Perch was not
 * running, or the computer slept; `unreachable` = the panel did not answer.
 */
const planOutcomeSchema = z.enum(['waiting', 'begun', 'good', 'failed', 'refused', 'closed', 'unreachable']);

/** Why a planned backup was not begun. */
export const planMissedSchema = planOutcomeSchema.extract(['refused', 'closed', 'unreachable']);
export type PlanMissed = z.infer<typeof planMissedSchema>;

export const lastPlannedSchema = z.object({
  /** When the backup was due. */
  at: z.number(),
  outcome: planOutcomeSchema,
  /** Id on the panel; null = the panel has not named it. */
  backup: z.string().max(64).nullable(),
  problem: sentenceSchema.nullable(),
});
export type LastPlanned = z.infer<typeof lastPlannedSchema>;

/** Plan of one server in the memory of an earlier version of Perch. */
export const planRecordSchema = z.object({
  serverId: z.string().max(300),
  /** Time of day that the record is about, in minutes since local midnight. */
  minute: z.number().int().min(0).max(1439),
  /** Perch has dealt with every planned time up to this time. */
  settledAt: z.number(),
  /** Planned time of the last backup that was due and begun in time; null = none. */
  ranAt: z.number().nullable(),
  last: lastPlannedSchema.nullable(),
});
export type PlanRecord = z.infer<typeof planRecordSchema>;

/** Plan of one server. */
export const backupPlanSchema = z.object({
  serverId: z.string(),
  quietly: z.boolean(),
  nextAt: z.number(),
  last: lastPlannedSchema.nullable(),
});
export type BackupPlan = z.infer<typeof backupPlanSchema>;

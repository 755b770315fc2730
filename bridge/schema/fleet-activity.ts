/** Newest activity of each server of the fleet. Perch keeps it in memory while somebody looks at it. */
import * as z from 'zod';
import { keptActivity } from '../events/activity-limits.js';
import { activityEntrySchema } from './activity.js';
import { problemSchema } from './problem.js';

export const serverActivitySchema = z.object({
  serverId: z.string(),
  /** Monotonic time of main at which the panel sent the entries; null = the panel never did. */
  readAt: z.number().nullable(),
  /** Newest first; null = unknown. If there is no problem either, the server is gone and Perch dropped the entries. */
  entries: z.array(activityEntrySchema).max(keptActivity.ofServer).readonly().nullable(),
  /** Wall-clock time in ms of the oldest entry that was read; null = the panel has no older ones. */
  since: z.number().nullable(),
  /** Why the last read failed; null = it did not. */
  problem: problemSchema.nullable(),
});
export type ServerActivity = z.infer<typeof serverActivitySchema>;

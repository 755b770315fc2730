/** Newest activity of the servers of the fleet, as Perch keeps it in memory while somebody looks at all of it. */
import * as z from 'zod';
import { keptActivity } from '../events/activity-limits.js';
import { activityEntrySchema } from './activity.js';
import { problemSchema } from './problem.js';

export const serverActivitySchema = z.object({
  serverId: z.string(),
  /** Monotonic time of main at which the panel told it; null = the panel never did. */
  readAt: z.number().nullable(),
  /** Newest first; null = not told. Without a problem, Perch keeps none any more, because the server is gone. */
  entries: z.array(activityEntrySchema).max(keptActivity.ofServer).readonly().nullable(),
  /** Wall-clock time in ms of the oldest entry that was read; null = the panel has no older ones. */
  since: z.number().nullable(),
  /** Why the last read failed; null = it did not. */
  problem: problemSchema.nullable(),
});
export type ServerActivity = z.infer<typeof serverActivitySchema>;

/**
 * How the process of a server ended. Units: ms since the epoch.
 */
import * as z from 'zod';

/**
 * End of a process that Perch did not see, between two polls or while the session was down.
 * May have been a crash or a stop by somebody else.
 */
const unseenEndSchema = z.object({
  what: z.enum(['offline', 'restarted']),
  /** The end lies between these times. */
  from: z.number(),
  to: z.number(),
});
export type UnseenEnd = z.infer<typeof unseenEndSchema>;

/** How a process ended on its own (PROTOCOL 4.6, 4.12). */
export const crashSchema = z.object({
  /** null if unknown. */
  exitCode: z.number().nullable(),
  outOfMemory: z.boolean(),
  /** True if the node reported that it will not start the server again. */
  isGivenUp: z.boolean().optional(),
  /** Missing if Perch saw the end, so it was a crash for certain. */
  unseen: unseenEndSchema.optional(),
});
export type Crash = z.infer<typeof crashSchema>;

/** Stored usage and states of a server. Times are monotonic (`Clock.now`, ms since the epoch). */
import * as z from 'zod';
import { powerStateSchema } from './domain.js';

/** Figures of one reading, or the mean, minimum or maximum of several. */
const usageBandSchema = z.object({
  cpuPercent: z.number(),
  memoryBytes: z.number(),
  /** Bytes per second; null if only one sample is known. */
  receivedPerSecond: z.number().nullable(),
  sentPerSecond: z.number().nullable(),
  /** Players online; null if the number is unknown. */
  players: z.number().nullable(),
});
export type UsageBand = z.infer<typeof usageBandSchema>;

/** Averaged usage of a sample of time; charts draw these. */
export const usageSampleSchema = usageBandSchema.extend({
  /** End of the sample. */
  at: z.number(),
  diskBytes: z.number(),
  /** True if nothing was measured just before; charts then draw no line from the previous sample. */
  afterGap: z.boolean(),
  /** Minimum and maximum of the sample; equal to its figures for a single reading. */
  low: usageBandSchema,
  high: usageBandSchema,
});
export type UsageSample = z.infer<typeof usageSampleSchema>;

/** State of a server in the past; `unknown` = Perch was not running or could not see it. */
export const pastStateSchema = z.enum([...powerStateSchema.options, 'crashed', 'unknown']);
export type PastState = z.infer<typeof pastStateSchema>;

/** State from `from` (inclusive) to `to` (exclusive). */
export const stateRunSchema = z.object({ from: z.number(), to: z.number(), state: pastStateSchema });
export type StateRun = z.infer<typeof stateRunSchema>;

export const historyRangeSchema = z.enum(['5m', '1h', '24h', '7d', '30d']);
export type HistoryRange = z.infer<typeof historyRangeSchema>;

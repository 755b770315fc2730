/** What Perch keeps of the past of a server; times are steady ones, as everywhere inside Perch. */
import * as z from 'zod';
import { powerStateSchema, usageSampleSchema } from './domain.js';

/** The lowest or highest figures of a stretch, where more than one reading was averaged. */
const usageBandSchema = z.object({
  cpuPercent: z.number(),
  memoryBytes: z.number(),
  receivedPerSecond: z.number().nullable(),
  sentPerSecond: z.number().nullable(),
});
export type UsageBand = z.infer<typeof usageBandSchema>;

/** A sample with the least and the most that was measured in its stretch. */
export const usageStretchSchema = usageSampleSchema.extend({ low: usageBandSchema, high: usageBandSchema });
export type UsageStretch = z.infer<typeof usageStretchSchema>;

/** What a server was; `unknown` = Perch did not look, or could not see it. */
export const pastStateSchema = z.enum([...powerStateSchema.options, 'crashed', 'unknown']);
export type PastState = z.infer<typeof pastStateSchema>;

/** From the first moment up to the second. */
export const stateRunSchema = z.object({ from: z.number(), to: z.number(), state: pastStateSchema });
export type StateRun = z.infer<typeof stateRunSchema>;

/** How far back a chart looks. */
export const historyRangeSchema = z.enum(['5m', '1h', '24h', '7d', '30d']);
export type HistoryRange = z.infer<typeof historyRangeSchema>;

/** What Perch keeps of the past of a server; times are steady ones, as everywhere inside Perch. */
import * as z from 'zod';
import { usageSampleSchema } from './domain.js';

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

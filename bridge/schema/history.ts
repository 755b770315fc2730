/** What Perch keeps of the past of a server; times are monotonic, as everywhere inside Perch. */
import * as z from 'zod';
import { powerStateSchema } from './domain.js';

/** Figures of one reading, or the mean, the least or the most of several. */
const usageBandSchema = z.object({
  cpuPercent: z.number(),
  memoryBytes: z.number(),
  /** Bytes per second; null where only one reading is known. */
  receivedPerSecond: z.number().nullable(),
  sentPerSecond: z.number().nullable(),
});
export type UsageBand = z.infer<typeof usageBandSchema>;

/** A stretch of a server's usage, averaged: what charts are drawn from. */
export const usageStretchSchema = usageBandSchema.extend({
  /** The end of the stretch. */
  at: z.number(),
  diskBytes: z.number(),
  /** Nothing was measured just before: no line may be drawn to the stretch before this one. */
  afterGap: z.boolean(),
  /** The least and the most that was measured in it; those of a single reading are its own figures. */
  low: usageBandSchema,
  high: usageBandSchema,
});
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

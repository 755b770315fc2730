/** Known causes that keep a server from running, named by its console or its node. */
import * as z from 'zod';
import { crashReportSchema } from './crash-reports.js';
import { namedFixKinds, plainFixKinds } from '../fix-its/fix-kinds.js';

export const fixKindSchema = z.enum([...plainFixKinds, ...namedFixKinds]);
export type FixKind = z.infer<typeof fixKindSchema>;

export const fixItSchema = z.object({
  kind: fixKindSchema,
  at: z.number(),
  /** Java version that the server needs, if a line names it. */
  java: z.number().optional(),
  /** The plugin, mod, file or option that the line names; plain text. */
  about: z.string().max(60).optional(),
  /** The line that named the cause, and the lines just before it; safe to show and copy. */
  lines: z.array(z.string()),
  /** True if the lines are those of the crash report. */
  isInReport: z.literal(true).optional(),
  /** The crash report that the server wrote at its end, if Perch has found one. */
  report: crashReportSchema.optional(),
});
export type FixIt = z.infer<typeof fixItSchema>;

/** The user dismissed this kind of fix-it for this server. */
export const dismissedFixSchema = z.object({ serverId: z.string().max(300), kind: fixKindSchema });
export type DismissedFix = z.infer<typeof dismissedFixSchema>;

/** Crash reports that games and Java write into the server's folder. All texts are plain, in one line. */
import * as z from 'zod';

export const crashReportSchema = z.object({
  /** Path from the server's folder. */
  path: z.string().max(600),
  /** Time of the file by the node's clock, ms since the epoch. */
  at: z.number(),
  /** The game's description of the crash, such as "Ticking entity". */
  description: z.string().max(200).nullable(),
  /** The innermost exception, or the library in which Java crashed. */
  cause: z.string().max(200).nullable(),
  /** The mod or plugin whose code ran, as far as the report names it. */
  suspect: z.string().max(60).nullable(),
});
export type ReportedCrash = z.infer<typeof crashReportSchema>;

/** A crash report as a window shows it. */
export const shownReportSchema = z.object({
  report: crashReportSchema,
  lines: z.array(z.string()).readonly(),
  /** Index of the line that shows the cause; null if no line does. */
  causeLine: z.number().nullable(),
  /** True if the file has more lines. */
  isCut: z.boolean(),
});
export type ShownReport = z.infer<typeof shownReportSchema>;

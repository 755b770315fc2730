import * as z from 'zod';
import { problemSchema } from './problem.js';
import { textMark } from '../settings/warning.js';

/** How players of a server are warned. */
export const warningSchema = z.object({
  /** From the first word to the restart. */
  seconds: z.number().int().min(11).max(3600),
  /** May hold `{time}`. */
  message: z.string().min(1).max(500),
  /** Holds `{text}`. */
  command: z.string().max(500).includes(textMark),
});
export type Warning = z.infer<typeof warningSchema>;

/** A restart that players were warned of: as it counts down, or why it did not come to it. */
export const warnedRestartSchema = z.object({
  serverId: z.string(),
  restartAt: z.number(),
  /**
   * null while it counts down. `left` = the server was stopped or restarted before; `unwarned` = the first warning did
   * not arrive; `late` = the computer slept when it was time; `refused` = `problem` says why.
   */
  end: z.enum(['cancelled', 'left', 'unwarned', 'late', 'refused']).nullable(),
  /** Why players were not told of it or of its end, or the restart was not carried out. */
  problem: problemSchema.nullable(),
});
export type WarnedRestart = z.infer<typeof warnedRestartSchema>;

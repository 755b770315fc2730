import * as z from 'zod';
import { problemSchema } from './problem.js';
import { textMark } from '../players/fitting-text.js';

/** How players of a server are warned of a restart. */
export const warningSchema = z.object({
  /** Time from the first warning to the restart. */
  seconds: z.number().int().min(11).max(3600),
  /** May contain `{time}`. */
  message: z.string().min(1).max(500),
  /** Contains `{text}`. */
  command: z.string().max(500).includes(textMark),
});
export type Warning = z.infer<typeof warningSchema>;

/** A restart with a warning to players: its countdown, and why it did not happen. */
export const warnedRestartSchema = z.object({
  serverId: z.string(),
  restartAt: z.number(),
  /**
   * null while it counts down.
   * `left` = the server was stopped or restarted earlier; `unwarned` = the first warning failed; `late` = the
   * computer slept past the time; `refused` = see `problem`.
   */
  end: z.enum(['cancelled', 'left', 'unwarned', 'late', 'refused']).nullable(),
  /** Why a warning failed, or why the restart was refused. */
  problem: problemSchema.nullable(),
});
export type WarnedRestart = z.infer<typeof warnedRestartSchema>;

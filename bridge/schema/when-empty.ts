/** What Perch does with servers on which nobody is (PLAYERS "When empty"). Times are monotonic times of main in ms. */
import * as z from 'zod';
import { fewestEmptyMinutes, mostEmptyHours, mostEmptyMinutes } from '../players/when-empty.js';
import { problemSchema } from './problem.js';

const minutes = z.number().int().min(fewestEmptyMinutes).max(mostEmptyMinutes);

/** The user's wish for one server: the action of Perch once nobody was online for `minutes`. */
export const emptyWishSchema = z.discriminatedUnion('does', [
  z.object({ does: z.literal('stop'), minutes }),
  z.object({
    does: z.literal('restart'),
    minutes,
    /** Minimum age of a process to restart; null = one restart, then the wish ends. */
    everyHours: z.number().int().min(1).max(mostEmptyHours).nullable(),
  }),
]);
export type EmptyWish = z.infer<typeof emptyWishSchema>;

/**
 * Why the time does not count.
 * `unknown` = no source tells the number of players, or no source is reliable about "nobody"; `unproven` = games of
 * this kind may always say "nobody", and this game has not counted a player so far; `busy` = Perch runs another action
 * on the server.
 */
const emptyWaitSchema = z.enum(['not-running', 'players', 'unknown', 'unproven', 'busy', 'blocked']);
export type EmptyWait = z.infer<typeof emptyWaitSchema>;

/** State of one wish. */
export const emptyWatchSchema = z.object({
  serverId: z.string(),
  /** `counts` = acts at `at`; `warned` = the console has a warning; `asks` = asks the game once more. */
  phase: z.enum(['waits', 'counts', 'warned', 'asks', 'sent']),
  /** Set while it waits. */
  why: emptyWaitSchema.nullable(),
  /** When Perch acts, unless somebody joins; null while that is not known. */
  at: z.number().nullable(),
  /** How often Perch acted on this server by a wish. */
  times: z.number(),
  /** Why Perch cannot act, or did not act the last time; null if nothing went wrong. */
  problem: problemSchema.nullable(),
});
export type EmptyWatch = z.infer<typeof emptyWatchSchema>;

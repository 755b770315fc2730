/** Players of the past: counts of a month, and names that were seen. Times are monotonic times of main in ms. */
import * as z from 'zod';
import { serverRef } from './server-calls.js';

/** Name that was seen on a server, as far as Perch watched. */
const seenPlayerSchema = z.object({
  /** One line of at most 64 characters without control characters; hostile, because a stranger chose the name. */
  name: z.string(),
  isOn: z.boolean(),
  firstAt: z.number(),
  lastAt: z.number(),
  /** Time on the server that Perch watched, in ms. */
  playedMs: z.number(),
});

export const pastPlayersContract = {
  /**
   * Names that contain the search, in upper or lower case: players who are on first, then by the last time seen. At
   * most 200; `total` counts all.
   */
  'players.seen': {
    input: serverRef.extend({ search: z.string().max(100) }),
    output: z.object({ players: z.array(seenPlayerSchema), total: z.number() }),
  },
  /** Players of the last 30 days, in local time. Parts are null if no player was counted. */
  'players.week': {
    input: serverRef,
    output: z.object({
      peak: z.object({ count: z.number(), at: z.number() }).nullable(),
      /** Hour of the week with most players on average; `weekday` 0 = Sunday. */
      best: z.object({ weekday: z.number(), hour: z.number(), mean: z.number() }).nullable(),
    }),
  },
};

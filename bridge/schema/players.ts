/** Players of a server, and whether the game answers. Times are monotonic times of main in ms. */
import * as z from 'zod';

/**
 * Where a number of players comes from: console lines, an answer of the game server to this computer (query), or the
 * panel.
 */
export const playerSourceSchema = z.enum(['console', 'query', 'panel']);
export type PlayerSource = z.infer<typeof playerSourceSchema>;

/** Players online as the row of a server shows them. */
export const playersOnlineSchema = z.object({
  /** Number of people; bots do not count. */
  count: z.number().int().min(0),
  /** Most players that the game lets in; null if the source does not say. */
  slots: z.number().int().min(0).nullable(),
  source: playerSourceSchema,
  /** When the source last reported the number. A console reports each change, so its number is current until then. */
  seenAt: z.number(),
});
export type PlayersOnline = z.infer<typeof playersOnlineSchema>;

/** Whether the game answers from this computer; the answer of the game names version, title and password. */
export const reachSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answers'),
    pingMs: z.number(),
    version: z.string().nullable(),
    title: z.string().nullable(),
    /** null if the game does not say. */
    hasPassword: z.boolean().nullable(),
    isFull: z.boolean(),
  }),
  /** The server runs, but the game has not answered since this time. */
  z.object({ kind: z.literal('silent'), since: z.number() }),
]);
export type Reach = z.infer<typeof reachSchema>;

import * as z from 'zod';

/** Number of a game, given by the sandbox. Each number is used once. */
const id = z.int().positive();

/** Orders from the sandbox. `sandbox/wings/borrowed-host.ts` has the other direction. */
export const gameOrderSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('spawn'),
    id,
    /** Working folder of the game, created by the sandbox. */
    folder: z.string().min(1).max(4096),
    /** Start data for the game. Main only passes it on. */
    orders: z.string().max(1_000_000),
  }),
  z.strictObject({ kind: z.literal('write'), id, bytes: z.instanceof(Uint8Array) }),
  z.strictObject({ kind: z.literal('kill'), id, signal: z.enum(['SIGTERM', 'SIGKILL']) }),
]);
export type GameOrder = z.infer<typeof gameOrderSchema>;

/**
 * Messages to the sandbox. `ended` comes after the last output; its code follows the shell: 128 + number of the
 * signal.
 */
export type GameNews =
  | { readonly kind: 'started'; readonly id: number; readonly pid: number }
  | { readonly kind: 'output'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: 'ended'; readonly id: number; readonly code: number };

/** Message from a game before it exits on its own. A game that a signal ends sends none. */
export const leavingSchema = z.strictObject({ kind: z.literal('leaving'), code: z.int().nonnegative() });

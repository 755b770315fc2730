import * as z from 'zod';

/** The sandbox numbers its games; a number is never used twice. */
const id = z.int().positive();

/** What the sandbox asks for; `sandbox/wings/borrowed-host.ts` has the other direction. */
export const gameOrderSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('spawn'),
    id,
    /** Where the game runs; made by the sandbox. */
    folder: z.string().min(1).max(4096),
    /** Read by the game only. */
    orders: z.string().max(1_000_000),
  }),
  z.strictObject({ kind: z.literal('write'), id, bytes: z.instanceof(Uint8Array) }),
  z.strictObject({ kind: z.literal('kill'), id, signal: z.enum(['SIGTERM', 'SIGKILL']) }),
]);
export type GameOrder = z.infer<typeof gameOrderSchema>;

/** What the sandbox is told. The end is told after the last output, its code as a shell says it: 128 + a signal's number. */
export type GameNews =
  | { readonly kind: 'started'; readonly id: number; readonly pid: number }
  | { readonly kind: 'output'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: 'ended'; readonly id: number; readonly code: number };

/** What a game says before it exits by itself; one that a signal ends says nothing. */
export const leavingSchema = z.strictObject({ kind: z.literal('leaving'), code: z.int().nonnegative() });

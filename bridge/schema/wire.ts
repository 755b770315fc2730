/** How calls and feeds cross the process wall, whatever they are. */
import * as z from 'zod';
import type { FeedEvent, FeedName } from './contract.js';
import type { problemSchema } from './problem.js';

/** What the preload sends on the invoke channel. */
export const requestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), name: z.string(), input: z.unknown() }),
  z.object({
    kind: z.literal('watch'),
    name: z.string(),
    subscription: z.number().int(),
    params: z.unknown(),
  }),
  z.object({ kind: z.literal('unwatch'), subscription: z.number().int() }),
]);
export type Request = z.infer<typeof requestSchema>;

/** What main answers on the invoke channel. */
export type Envelope = { ok: true; value: unknown } | { ok: false; error: z.infer<typeof problemSchema> };

/** What main sends on the push channel. */
export interface Push {
  subscription: number;
  event: FeedEvent<FeedName>;
}

/** What the preload puts on `window.perch`. */
export interface PerchBridge {
  call(name: string, input: unknown): Promise<Envelope>;
  /** Returns the function that ends the subscription. */
  watch(name: string, params: unknown, listener: (event: FeedEvent<FeedName>) => void): () => void;
}

/** Envelopes for calls and feeds between main and the windows. */
import * as z from 'zod';
import type { FeedEvent, FeedName } from './contract.js';
import type { problemSchema } from './problem.js';

/** Message of the preload script on the invoke channel. */
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

/** Main's answer on the invoke channel. */
export type Envelope = { ok: true; value: unknown } | { ok: false; error: z.infer<typeof problemSchema> };

/** Main's message on the push channel. */
export interface Push {
  subscription: number;
  event: FeedEvent<FeedName>;
}

/** A `File` of the page, of which only the preload script learns the path. */
export type DroppedFile = { readonly name: string };

/** API that the preload script exposes as `window.perch`. */
export interface PerchBridge {
  call(name: string, input: unknown): Promise<Envelope>;
  /** The call `files.upload` for files that a person dropped onto the window. A page can't name paths itself. */
  upload(input: object, files: readonly DroppedFile[]): Promise<Envelope>;
  /** Returns a function that ends the subscription. */
  watch(name: string, params: unknown, listener: (event: FeedEvent<FeedName>) => void): () => void;
}

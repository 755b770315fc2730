/** Calls about the players of servers. */
import * as z from 'zod';
import { queryChoiceSchema } from './players.js';
import { serverRef } from './server-calls.js';
import { emptyWishSchema } from './when-empty.js';

export const playerContract = {
  /** Sets how Perch asks the game of a server; all fields null and questions on = Perch finds out by itself. */
  'players.setQuery': { input: serverRef.extend(queryChoiceSchema.shape), output: z.void() },
  /** Sets what Perch does once nobody was on for a while; null = nothing. */
  'players.setWhenEmpty': { input: serverRef.extend({ wish: emptyWishSchema.nullable() }), output: z.void() },
  /** Keeps an empty server running: the time without players begins anew. */
  'players.keepRunning': { input: serverRef, output: z.void() },
  /** Asks the game of a server as soon as the next question is allowed. */
  'players.askNow': { input: serverRef, output: z.void() },
};

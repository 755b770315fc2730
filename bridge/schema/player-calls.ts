/** Calls about the players of servers. */
import * as z from 'zod';
import { queryChoiceSchema } from './players.js';
import { serverRef } from './server-calls.js';
import { emptyWishSchema } from './when-empty.js';

export const playerContract = {
  /** Sets how Perch asks the game of a server; all fields null and questions on = Perch finds protocol and port. */
  'players.setQuery': { input: serverRef.extend(queryChoiceSchema.shape), output: z.void() },
  /** Sets the action of Perch once nobody was online for a while; null = none. */
  'players.setWhenEmpty': { input: serverRef.extend({ wish: emptyWishSchema.nullable() }), output: z.void() },
  /** Keeps an empty server running: Perch counts the time without players from zero. */
  'players.keepRunning': { input: serverRef, output: z.void() },
  /** Asks the game of a server as soon as the next question is allowed. */
  'players.askNow': { input: serverRef, output: z.void() },
};

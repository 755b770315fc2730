/** Calls about the players of servers. */
import * as z from 'zod';
import { queryChoiceSchema } from './players.js';
import { serverRef } from './server-calls.js';

export const playerContract = {
  /** How Perch asks the game of a server; everything null and on = as Perch finds out. */
  'players.setQuery': { input: serverRef.extend(queryChoiceSchema.shape), output: z.void() },
  /** Asks the game of a server as soon as it may be asked again. */
  'players.askNow': { input: serverRef, output: z.void() },
};

/** Calls about the players of servers. */
import * as z from 'zod';
import { queryChoiceSchema } from './players.js';
import { serverRef } from './server-calls.js';

export const playerContract = {
  /** Sets how Perch asks the game of a server; all fields null and questions on = Perch finds out by itself. */
  'players.setQuery': { input: serverRef.extend(queryChoiceSchema.shape), output: z.void() },
  /** Asks the game of a server as soon as the next question is allowed. */
  'players.askNow': { input: serverRef, output: z.void() },
};

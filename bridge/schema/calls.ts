/** All calls that a window may make to main: name -> input and output. No output contains a key. */
import type * as z from 'zod';
import { accountCalls } from './account-calls.js';
import { appCalls } from './app-calls.js';
import { serverCalls } from './server-calls.js';

export const calls = { ...appCalls, ...accountCalls, ...serverCalls } satisfies Record<
  string,
  { input: z.ZodType; output: z.ZodType }
>;

/** Logs that the user shared, and the calls about them. No output contains a token. */
import * as z from 'zod';
import { isLogService } from '../settings/log-service.js';
import { mostShared } from '../sharing/share-limits.js';
import { pathSchema } from './files.js';
import { serverRef } from './server-calls.js';

/** A log on a log service. */
export const sharedLogSchema = z.object({
  /** Perch's own id. */
  id: z.string().min(1).max(64),
  /** Id of the log on the service. */
  logId: z.string().min(1).max(200),
  /** Page of the log. */
  url: z.string().max(1000),
  /** Address of the service. */
  service: z.string().max(300),
  /** Name of the server when its log was shared. */
  server: z.string().max(300),
  /** Title of the shared text, such as the console or the name of a file. */
  title: z.string().max(300),
  /** Wall-clock time, ms since the epoch. */
  at: z.number(),
  /** Where the token is that deletes the log; `none` = Perch can't delete it. */
  token: z.enum(['keychain', 'memory', 'none']),
});
export type SharedLog = z.infer<typeof sharedLogSchema>;

const logRef = z.object({ id: z.string().min(1).max(64) });

export const sharingContract = {
  /** The text of a file, of a larger file its last lines (`isEnd`). Perch keeps nothing of it. */
  'sharing.readFile': {
    input: serverRef.extend({ path: pathSchema }),
    output: z.object({ text: z.string(), isEnd: z.boolean() }),
  },
  /** Sends the text unchanged to the log service. Main refuses every service other than the service in the settings. */
  'sharing.send': {
    input: serverRef.extend({
      title: z.string().max(300),
      text: z.string().min(1).max(mostShared.bytes),
      service: z.string().max(300).refine(isLogService),
    }),
    output: sharedLogSchema,
  },
  /** Deletes a shared log on its service, and takes it off the list. */
  'sharing.delete': { input: logRef, output: z.void() },
  /** Takes a log off the list; it stays on its service. */
  'sharing.forget': { input: logRef, output: z.void() },
};

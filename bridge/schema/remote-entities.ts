/** Servers, events, lines of a console, steps of a diagnosis and downloads, in the form for the command line. */
import * as z from 'zod';
import { playersOnlineSchema } from './players.js';
import { stepResultSchema } from './diagnosis.js';
import { limitsSchema } from './server-limits.js';
import { transferSchema } from './transfers.js';

/** A server as users name it: name, short id, uuid, or `panel/name`. */
export const serverNameSchema = z.string().min(1).max(500);
/** Players online. `ageMs` = ms since the source reported the number; a console reports each change. */
export const remotePlayersSchema = playersOnlineSchema.omit({ seenAt: true }).extend({ ageMs: z.number() });
export type RemotePlayers = z.infer<typeof remotePlayersSchema>;

/** How an action on many servers ended for one server. */
export const manyOutcomeSchema = z.enum(['sent', 'done', 'failed', 'unknown', 'skipped', 'cancelled']);

/** Facts of the panel about a server besides its state. */
const remoteDetailsSchema = z.object({
  description: z.string(),
  /** Number of the server in its panel; null = unknown. */
  number: z.number().nullable(),
  /** Where the server's files are; null = the panel names no address. */
  sftp: z.object({ host: z.string(), port: z.number() }).nullable(),
  image: z.string(),
  /** Name of the egg; null = unknown. */
  egg: z.string().nullable(),
  /** Features of the egg (PROTOCOL 2.1). */
  features: z.array(z.string()),
  limits: limitsSchema,
});
export type RemoteDetails = z.infer<typeof remoteDetailsSchema>;

export const remoteServerSchema = z.object({
  /** Short id, as in the panel's URLs. */
  id: z.string(),
  uuid: z.string(),
  name: z.string(),
  panel: z.string(),
  node: z.string(),
  /** Fixed words for scripts. */
  state: z.enum([
    'running',
    'starting',
    'stopping',
    'offline',
    'crashed',
    'installing',
    'suspended',
    'unknown',
  ]),
  /** The state as a word for people. */
  word: z.string(),
  address: z.string().nullable(),
  usage: z
    .object({
      cpuPercent: z.number(),
      memoryBytes: z.number(),
      memoryLimitBytes: z.number().nullable(),
      diskBytes: z.number(),
      uptimeMs: z.number(),
    })
    .nullable(),
  /** Players online; null = the number is unknown or out of date. */
  players: remotePlayersSchema.nullable().default(null),
  /** Newest good backup on the panel; null = none, missing = Perch has not read the list. `at` in ms since the epoch. */
  lastBackup: z.object({ at: z.number(), bytes: z.number() }).nullable().optional(),
  /** Known problem of the server; null = none. */
  problem: z.string().nullable(),
  /** Only in the status of named servers. */
  details: remoteDetailsSchema.optional(),
});
export type RemoteServer = z.infer<typeof remoteServerSchema>;
export type RemoteState = RemoteServer['state'];

export const remoteEventSchema = z.object({
  id: z.string(),
  /** ms since the epoch. */
  at: z.number(),
  kind: z.string(),
  server: z.string().nullable(),
  panel: z.string(),
  title: z.string(),
  detail: z.string(),
  /** Messages to channels about the event; null = none. */
  channels: z.string().nullable(),
  isOver: z.boolean(),
});
export type RemoteEvent = z.infer<typeof remoteEventSchema>;

export const remoteLineSchema = z.object({ at: z.number(), source: z.string(), text: z.string() });
export type RemoteLine = z.infer<typeof remoteLineSchema>;

export const remoteStepSchema = z.object({
  /** Includes the name of the panel. */
  name: z.string(),
  result: stepResultSchema,
  /** Duration in ms. */
  ms: z.number(),
  detail: z.string(),
  /** The next step; empty = none. */
  next: z.string(),
});
export type RemoteStep = z.infer<typeof remoteStepSchema>;

export const remoteTransferSchema = transferSchema
  .pick({
    id: true,
    direction: true,
    folder: true,
    file: true,
    by: true,
    state: true,
    bytes: true,
    size: true,
    msLeft: true,
  })
  .extend({
    /** Name of the backup or the file. */
    name: z.string(),
    bytesPerSecond: z.number().nullable(),
    /** Why the last attempt failed, and what to do next; null = none failed. */
    problem: z.string().nullable(),
  });
export type RemoteTransfer = z.infer<typeof remoteTransferSchema>;

/**
 * Protocol between the command line and Perch over the local socket: one JSON object per line.
 * Perch answers each request with any number of events and one end. Sentences cross as text in Perch's language.
 */
import * as z from 'zod';
import { archivedFileSchema, backupCopySchema } from './backup-copies.js';
import { backupFetchSchema } from './backup-rules.js';
import { backupListSchema, backupSchema } from './backups.js';
import { stepResultSchema } from './diagnosis.js';
import { powerSignalSchema } from './domain.js';
import { startupSchema } from './startup.js';
import { historyRangeSchema, pastStateSchema } from './history.js';
import { transferSchema } from './transfers.js';

/** Protocol version. Both sides refuse to talk to another version. */
export const remoteProtocol = 2;

/** Longest line in characters; a longer line ends the connection. */
export const longestRemoteLine = 8_000_000;
export const longestRemoteRequest = 200_000;
/** In UTF-16 units, as `length` counts. */
export const longestCommand = 65_536;
/** Longest command of a program in characters, short enough for the user to read before consenting. */
export const longestProgramCommand = 1000;

/** A server as users name it: name, short id, uuid, or `panel/name`. */
const nameSchema = z.string().min(1).max(500);
const namesSchema = z.array(nameSchema).max(200);

const remoteServerSchema = z.object({
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
  /** Newest good backup on the panel; null = none, missing = Perch has not read the list. `at` in ms since the epoch. */
  lastBackup: z.object({ at: z.number(), bytes: z.number() }).nullable().optional(),
  /** Known problem of the server; null = none. */
  problem: z.string().nullable(),
});
export type RemoteServer = z.infer<typeof remoteServerSchema>;
export type RemoteState = RemoteServer['state'];

const remoteEventSchema = z.object({
  id: z.string(),
  /** ms since the epoch. */
  at: z.number(),
  kind: z.string(),
  server: z.string().nullable(),
  panel: z.string(),
  title: z.string(),
  detail: z.string(),
  isOver: z.boolean(),
});
export type RemoteEvent = z.infer<typeof remoteEventSchema>;

const remoteLineSchema = z.object({ at: z.number(), source: z.string(), text: z.string() });
export type RemoteLine = z.infer<typeof remoteLineSchema>;

const remoteStepSchema = z.object({
  /** Includes the name of the panel. */
  name: z.string(),
  result: stepResultSchema,
  /** Duration in ms. */
  ms: z.number(),
  detail: z.string(),
  /** What to do; empty if nothing needs to be done. */
  next: z.string(),
});
export type RemoteStep = z.infer<typeof remoteStepSchema>;

const remoteTransferSchema = transferSchema
  .pick({ id: true, folder: true, file: true, state: true, bytes: true, size: true, msLeft: true })
  .extend({
    /** Name of the backup. */
    name: z.string(),
    bytesPerSecond: z.number().nullable(),
    /** Why the last attempt failed, and what to do next; null = none failed. */
    problem: z.string().nullable(),
  });
export type RemoteTransfer = z.infer<typeof remoteTransferSchema>;

const nothing = z.object({});
const servers = z.object({ servers: z.array(remoteServerSchema) });
const ofBackup = z.object({ server: remoteServerSchema, backup: backupSchema });
/** A backup by its id, the beginning of its id, or its name. */
const backupNameSchema = z.string().min(1).max(300);

/** Verb -> input, intermediate events (`never` if none), output. No output contains a key. */
export const remoteVerbs = {
  hello: {
    input: z.object({
      protocol: z.number(),
      client: z.object({ kind: z.enum(['person', 'program']), name: z.string().max(200) }),
    }),
    event: z.never(),
    output: z.object({ protocol: z.number(), version: z.string(), language: z.string() }),
  },
  list: { input: nothing, event: z.never(), output: servers },
  /** Empty `names` = all servers. With `watch`, sends the status again after each change until the client cancels. */
  status: { input: z.object({ names: namesSchema, watch: z.boolean() }), event: servers, output: servers },
  /** Refused with `needs-yes` if the window would ask and the user has not agreed. */
  power: {
    input: z.object({ names: namesSchema.min(1), signal: powerSignalSchema, isAgreed: z.boolean() }),
    event: z.never(),
    output: z.object({
      results: z.array(
        z.object({
          server: remoteServerSchema,
          outcome: z.enum(['sent', 'done', 'failed', 'unknown', 'skipped', 'cancelled']),
          problem: z.string().nullable(),
        }),
      ),
    }),
  },
  send: {
    input: z.object({
      name: nameSchema,
      command: z.string().min(1).max(longestCommand),
      isAgreed: z.boolean(),
    }),
    event: z.never(),
    output: z.object({ server: remoteServerSchema }),
  },
  /**
   * `reset` = the lines of a new start follow; `skipped` = number of lines dropped before these because the client
   * read too slowly.
   */
  logs: {
    input: z.object({ name: nameSchema, lines: z.number().int().min(0).max(5000), follow: z.boolean() }),
    event: z.object({
      lines: z.array(remoteLineSchema),
      reset: z.boolean().optional(),
      skipped: z.number().optional(),
    }),
    output: nothing,
  },
  /** Oldest first. */
  events: {
    input: z.object({
      name: nameSchema.nullable(),
      limit: z.number().int().min(0).max(500),
      follow: z.boolean(),
    }),
    event: z.object({ events: z.array(remoteEventSchema) }),
    output: nothing,
  },
  history: {
    input: z.object({ name: nameSchema, range: historyRangeSchema }),
    event: z.never(),
    output: z.object({
      server: remoteServerSchema,
      usage: z.array(
        z.object({
          at: z.number(),
          cpuPercent: z.number(),
          memoryBytes: z.number(),
          diskBytes: z.number(),
        }),
      ),
      states: z.array(z.object({ from: z.number(), to: z.number(), state: pastStateSchema })),
    }),
  },
  startup: {
    input: z.object({ name: nameSchema }),
    event: z.never(),
    output: startupSchema.extend({ server: remoteServerSchema }),
  },
  backups: {
    input: z.object({ name: nameSchema }),
    event: z.never(),
    output: backupListSchema.extend({
      server: remoteServerSchema,
      /** On this computer, newest first. */
      copies: z.array(backupCopySchema),
    }),
  },
  /**
   * Says which backups of the server are copied to this computer, and to which folder; null = as before. Refused for
   * programs.
   */
  copyBackups: {
    input: z.object({
      name: nameSchema,
      fetch: backupFetchSchema.nullable(),
      folder: z.string().min(1).max(4000).nullable(),
    }),
    event: z.never(),
    output: z.object({
      server: remoteServerSchema,
      fetch: backupFetchSchema,
      folder: z.string().nullable(),
      copies: z.array(backupCopySchema),
    }),
  },
  /** Lists the files of a copy on this computer, or saves one of them. Refused for programs. */
  copiedFiles: {
    input: z.object({
      name: nameSchema,
      backup: backupNameSchema,
      save: z.object({ path: z.string().min(1).max(4096), folder: z.string().min(1).max(4000) }).nullable(),
    }),
    event: z.never(),
    output: z.object({
      server: remoteServerSchema,
      copy: backupCopySchema,
      /** In the order of the archive; empty if one was saved. */
      files: z.array(archivedFileSchema),
      /** True if the copy has more files than the list. */
      isCut: z.boolean(),
      /** Number of files whose names lead elsewhere or can't be shown. */
      leftOut: z.number(),
      /** Name that the saved file got; null = none was saved. */
      saved: z.string().nullable(),
    }),
  },
  /** Begins a backup. An empty `label` lets the panel choose a name. */
  createBackup: {
    input: z.object({
      name: nameSchema,
      label: z.string().max(255),
      ignored: z.array(z.string().max(1000)).max(1000),
      locked: z.boolean(),
      /** True = the game does not write meanwhile. Resolves when the panel has begun the backup. */
      quietly: z.boolean().default(false),
    }),
    event: z.never(),
    output: ofBackup,
  },
  /** Resolves when the backup has ended and the server of a quiet backup is back. `backup` null = the newest running one. */
  waitForBackup: {
    input: z.object({ name: nameSchema, backup: backupNameSchema.nullable() }),
    event: z.never(),
    output: ofBackup,
  },
  /**
   * Refused for programs. Refused with `needs-yes` if a deletion is not agreed to, or if `confirm` of a restoration is
   * not the server's name.
   */
  changeBackup: {
    input: z.object({
      name: nameSchema,
      backup: backupNameSchema,
      change: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('lock') }),
        z.object({ kind: z.literal('unlock') }),
        z.object({ kind: z.literal('rename'), to: z.string().min(1).max(255) }),
        z.object({ kind: z.literal('delete') }),
        z.object({ kind: z.literal('restore'), truncate: z.boolean() }),
      ]),
      isAgreed: z.boolean(),
      confirm: z.string().max(500).nullable(),
    }),
    event: z.never(),
    output: ofBackup,
  },
  /**
   * Resolves when the file has its name; the download goes on without the client. `folder` null = the system's folder
   * for downloads. Refused for programs.
   */
  downloadBackup: {
    input: z.object({
      name: nameSchema,
      backup: backupNameSchema,
      folder: z.string().min(1).max(5000).nullable(),
    }),
    event: z.object({ transfer: remoteTransferSchema }),
    output: z.object({ server: remoteServerSchema, transfer: remoteTransferSchema }),
  },
  /** Downloads of all servers, oldest first. */
  transfers: {
    input: nothing,
    event: z.never(),
    output: z.object({ transfers: z.array(remoteTransferSchema) }),
  },
  /** Shows a server in Perch's window; `name` null = shows the window with its present view. */
  open: {
    input: z.object({
      name: nameSchema.nullable(),
      tab: z.enum(['console', 'events', 'backups', 'startup', 'settings']),
    }),
    event: z.never(),
    output: nothing,
  },
  doctor: { input: nothing, event: z.never(), output: z.object({ steps: z.array(remoteStepSchema) }) },
} satisfies Record<string, { input: z.ZodType; event: z.ZodType; output: z.ZodType }>;

type RemoteVerbs = typeof remoteVerbs;
export type RemoteVerb = keyof RemoteVerbs;
export type RemoteInput<V extends RemoteVerb> = z.output<RemoteVerbs[V]['input']>;
export type RemoteUpdate<V extends RemoteVerb> = z.output<RemoteVerbs[V]['event']>;
export type RemoteOutput<V extends RemoteVerb> = z.output<RemoteVerbs[V]['output']>;

/** Why a request failed; each cause has its own exit code of the command line. */
export const remoteCauses = [
  'failed',
  'usage',
  'not-running',
  'no-server',
  'refused',
  'timeout',
  'needs-yes',
  'wrong-state',
  'unreachable',
] as const;
export type RemoteCause = (typeof remoteCauses)[number];

const remoteFailureSchema = z.object({
  cause: z.enum(remoteCauses),
  message: z.string(),
  /** What to do next; empty if the message says so. */
  next: z.string(),
  /** Servers that the user may have meant. */
  candidates: z.array(z.string()).optional(),
});
export type RemoteFailure = z.infer<typeof remoteFailureSchema>;

/** Messages from the client to Perch. */
export const remoteRequestSchema = z.union([
  z.object({ id: z.number().int(), verb: z.string(), input: z.unknown() }),
  z.object({ id: z.number().int(), cancel: z.literal(true) }),
]);

/** Messages from Perch to the client. `id` is null if the request could not be read. */
export const remoteAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), id: z.number(), event: z.unknown() }),
  z.object({ kind: z.literal('done'), id: z.number(), value: z.unknown() }),
  z.object({ kind: z.literal('failed'), id: z.number().nullable(), failure: remoteFailureSchema }),
]);
export type RemoteAnswer = z.infer<typeof remoteAnswerSchema>;

/**
 * Protocol between the command line and Perch over the local socket: one JSON object per line.
 * Perch answers each request with any number of events and one end. Sentences cross as text in Perch's language.
 */
import * as z from 'zod';
import { serverTabs } from '../fleet/server-tabs.js';
import { powerSignalSchema } from './domain.js';
import { remoteAccountVerbs } from './remote-account-verbs.js';
import { remoteBackupVerbs } from './remote-backup-verbs.js';
import { remoteDatabaseVerbs } from './remote-database-verbs.js';
import { remoteFileVerbs } from './remote-file-verbs.js';
import { remotePeopleVerbs } from './remote-people-verbs.js';
import { remoteNetworkVerbs } from './remote-network-verbs.js';
import { remotePlayerVerbs } from './remote-player-verbs.js';
import { remoteRuleVerbs } from './remote-rule-verbs.js';
import { remoteScheduleVerbs } from './remote-schedule-verbs.js';
import {
  remoteEventSchema,
  remoteLineSchema,
  manyOutcomeSchema,
  remoteServerSchema,
  remoteStepSchema,
  serverNameSchema,
} from './remote-entities.js';
import { startupSchema } from './startup.js';
import { historyRangeSchema, pastStateSchema } from './history.js';

/** Protocol version. Both sides refuse to talk to another version. */
export const remoteProtocol = 2;

/** Longest line in characters; a longer line ends the connection. */
export const longestRemoteLine = 8_000_000;
export const longestRemoteRequest = 200_000;
/** In UTF-16 units, as `length` counts. */
export const longestCommand = 65_536;
/** Longest command of a program in characters, short enough for the user to read before consenting. */
export const longestProgramCommand = 1000;

const namesSchema = z.array(serverNameSchema).max(200);

const nothing = z.object({});
const servers = z.object({ servers: z.array(remoteServerSchema) });

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
          outcome: manyOutcomeSchema,
          problem: z.string().nullable(),
        }),
      ),
    }),
  },
  send: {
    input: z.object({
      name: serverNameSchema,
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
    input: z.object({
      name: serverNameSchema,
      lines: z.number().int().min(0).max(5000),
      follow: z.boolean(),
    }),
    event: z.object({
      lines: z.array(remoteLineSchema),
      reset: z.boolean().optional(),
      skipped: z.number().optional(),
    }),
    output: nothing,
  },
  /** Makes the text of a log without private texts, and keeps it until the next call. Refused for programs. */
  redactLog: {
    input: z.object({ name: serverNameSchema, lines: z.number().int().min(1).max(5000) }),
    event: z.never(),
    output: z.object({
      id: z.number(),
      text: z.string(),
      /** Host of the log service. */
      host: z.string(),
      /** Number of private texts that were taken out. */
      replaced: z.number(),
      /** False if the secrets of the startup are unknown. */
      isStartupRead: z.boolean(),
    }),
  },
  /** Sends that text to the log service. Refused for programs. */
  shareLog: {
    input: z.object({ id: z.number() }),
    event: z.never(),
    output: z.object({ url: z.string(), canDelete: z.boolean() }),
  },
  /** Oldest first. */
  events: {
    input: z.object({
      name: serverNameSchema.nullable(),
      limit: z.number().int().min(0).max(500),
      follow: z.boolean(),
      /** True = with actions of others, from the panels' activity, which Perch reads first. */
      others: z.boolean().optional(),
      /** Time limit for that reading in ms; missing = none. */
      withinMs: z.number().int().positive().optional(),
    }),
    event: z.object({
      events: z.array(remoteEventSchema),
      /** Progress of reading the activity, in servers. */
      reading: z.object({ read: z.number().int(), of: z.number().int() }).optional(),
    }),
    output: nothing,
  },
  history: {
    input: z.object({ name: serverNameSchema, range: historyRangeSchema }),
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
    input: z.object({ name: serverNameSchema }),
    event: z.never(),
    output: startupSchema.extend({ server: remoteServerSchema }),
  },
  ...remoteAccountVerbs,
  ...remoteBackupVerbs,
  ...remoteDatabaseVerbs,
  ...remotePeopleVerbs,
  ...remoteFileVerbs,
  ...remoteNetworkVerbs,
  ...remotePlayerVerbs,
  ...remoteRuleVerbs,
  ...remoteScheduleVerbs,
  /** Shows a server in Perch's window; `name` null = shows the window with its present view. */
  open: {
    input: z.object({
      name: serverNameSchema.nullable(),
      tab: z.enum(serverTabs),
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
  /** The next step; empty if the message has it. */
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

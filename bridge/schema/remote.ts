/**
 * What the command line and Perch say to each other over the local socket: one JSON object a line. Perch answers each
 * request with any number of events and one end. Sentences cross it as text, in the language that Perch speaks.
 */
import * as z from 'zod';
import { stepResultSchema } from './diagnosis.js';
import { powerSignalSchema, startupSchema } from './domain.js';
import { historyRangeSchema, pastStateSchema } from './history.js';

/** Another number means that the other side is of another age and is not to be talked to. */
export const remoteProtocol = 2;

/** A longer line ends the connection, in either direction. */
export const longestRemoteLine = 8_000_000;
export const longestRemoteRequest = 200_000;
/** In UTF-16, as `length` has it. */
export const longestCommand = 65_536;
/** Of a program, in characters: more than that nobody reads before it is allowed. */
export const longestProgramCommand = 1000;

/** A server as a person names it: name, short id, uuid, or `panel/name`. */
const nameSchema = z.string().min(1).max(500);
const namesSchema = z.array(nameSchema).max(200);

const remoteServerSchema = z.object({
  /** Short, as in addresses of the panel. */
  id: z.string(),
  uuid: z.string(),
  name: z.string(),
  panel: z.string(),
  node: z.string(),
  /** One of a few words that stay as they are, for scripts. */
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
  /** The same for a person. */
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
  /** What is wrong with it, as far as Perch knows. */
  problem: z.string().nullable(),
});
export type RemoteServer = z.infer<typeof remoteServerSchema>;
export type RemoteState = RemoteServer['state'];

const remoteEventSchema = z.object({
  id: z.string(),
  /** Milliseconds since the epoch. */
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
  /** With the panel that it is about. */
  name: z.string(),
  result: stepResultSchema,
  /** How long it took. */
  ms: z.number(),
  detail: z.string(),
  /** What to do; empty where there is nothing to be done. */
  next: z.string(),
});
export type RemoteStep = z.infer<typeof remoteStepSchema>;

const nothing = z.object({});
const servers = z.object({ servers: z.array(remoteServerSchema) });

/** Name -> input, events on the way (`never` where there are none), output. No output holds a key. */
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
  /** No names = all. With `watch` again after each change, until the client ends it. */
  status: { input: z.object({ names: namesSchema, watch: z.boolean() }), event: servers, output: servers },
  /** Refused with `needs-yes` where the window would ask and nobody has agreed. */
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
  /** `reset` = the lines of a new start follow; `skipped` = so many before them were left out, for they were not read. */
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
  /** Shows a place in Perch's window; none = the window as it is. */
  open: {
    input: z.object({
      name: nameSchema.nullable(),
      tab: z.enum(['console', 'events', 'startup', 'settings']),
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

/** Why something was not done; each is an exit code of the command line. */
const remoteCauses = [
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
  /** What to do next; empty where the message says it. */
  next: z.string(),
  /** Servers that were meant, perhaps. */
  candidates: z.array(z.string()).optional(),
});
export type RemoteFailure = z.infer<typeof remoteFailureSchema>;

/** What Perch is sent. */
export const remoteRequestSchema = z.union([
  z.object({ id: z.number().int(), verb: z.string(), input: z.unknown() }),
  z.object({ id: z.number().int(), cancel: z.literal(true) }),
]);

/** What Perch sends. `id` is null where the line could not be read. */
export const remoteAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), id: z.number(), event: z.unknown() }),
  z.object({ kind: z.literal('done'), id: z.number(), value: z.unknown() }),
  z.object({ kind: z.literal('failed'), id: z.number().nullable(), failure: remoteFailureSchema }),
]);
export type RemoteAnswer = z.infer<typeof remoteAnswerSchema>;

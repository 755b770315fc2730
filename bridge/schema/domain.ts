/**
 * Plain entities that main, tray, alerts and windows share. Nothing here knows the wire format of a panel.
 * Units: bytes, percent of one core (100 = one core), milliseconds, milliseconds since the epoch for times.
 */
import * as z from 'zod';
import { agreementSchema } from './agreement.js';
import { fixItSchema } from './fix-its.js';
import { games } from '../panel/games.js';
import { problemSchema } from './problem.js';
import { limited } from '../fleet/limited.js';

/** What Wings says about the process (PROTOCOL 4.6). */
export const powerStateSchema = z.enum(['offline', 'starting', 'running', 'stopping']);
export type PowerState = z.infer<typeof powerStateSchema>;

export const powerSignalSchema = z.enum(['start', 'stop', 'restart', 'kill']);
export type PowerSignal = z.infer<typeof powerSignalSchema>;

/**
 * What the panel says about the server as a whole; everything but `normal` and `reinstall-failed` blocks actions. A
 * failed reinstallation is `reinstall-blocked` where the panel lets nobody use the server after it (PROTOCOL 8.2.4).
 */
const conditionSchema = z.enum([
  'normal',
  'installing',
  'install-failed',
  'reinstall-failed',
  'reinstall-blocked',
  'suspended',
  'restoring',
  'transferring',
  'maintenance',
]);
export type Condition = z.infer<typeof conditionSchema>;

export const usageSchema = z.object({
  /** When this was measured. */
  at: z.number(),
  cpuPercent: z.number(),
  memoryBytes: z.number(),
  /** null where the source does not tell (REST, PROTOCOL D12). */
  memoryLimitBytes: z.number().nullable(),
  diskBytes: z.number(),
  networkRxBytes: z.number(),
  networkTxBytes: z.number(),
  uptimeMs: z.number(),
});
export type Usage = z.infer<typeof usageSchema>;

/** The live socket of a server as a person may be told of it. */
export const linkSchema = z.discriminatedUnion('kind', [
  /** Nobody asked for one; the state is polled. */
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('connecting') }),
  z.object({ kind: z.literal('live') }),
  z.object({ kind: z.literal('reconnecting'), retryAt: z.number(), problem: problemSchema.nullable() }),
  /** It was refused, so the state is polled; it is tried again later, or when something has changed. */
  z.object({ kind: z.literal('refused'), problem: problemSchema, retryAt: z.number() }),
]);
export type Link = z.infer<typeof linkSchema>;

const allocationSchema = z.object({
  ip: z.string(),
  alias: z.string().nullable(),
  port: z.number(),
  notes: z.string().nullable(),
  isDefault: z.boolean(),
});
export type Allocation = z.infer<typeof allocationSchema>;

const limitsSchema = z.object({
  /** Bytes; null = unlimited. */
  memoryBytes: z.number().nullable(),
  /** Bytes; null = unlimited. */
  diskBytes: z.number().nullable(),
  /** Percent of one core; null = unlimited. */
  cpuPercent: z.number().nullable(),
});
export type Limits = z.infer<typeof limitsSchema>;

/** What a panel takes as a server's name and description; felt from its answers, for panels differ (PROTOCOL D18, 8.3.4). */
const namingSchema = z.object({
  nameMax: z.number(),
  /** null = the panel has no limit of its own. */
  descriptionMax: z.number().nullable(),
  /** `apart` = by a call and a permission of its own (`settings.description`); `locked` = the host forbids it. */
  description: z.enum(['with-name', 'apart', 'locked']),
});
export type Naming = z.infer<typeof namingSchema>;

/** An end that nobody saw, between two polls or while the socket was down: somebody else's stop looks the same. */
const unseenEndSchema = z.object({
  what: z.enum(['offline', 'restarted']),
  /** It was between these two moments. */
  from: z.number(),
  to: z.number(),
});
export type UnseenEnd = z.infer<typeof unseenEndSchema>;

/** How a process ended by itself (PROTOCOL 4.6, 4.12). */
const crashSchema = z.object({
  /** null where nobody told. */
  exitCode: z.number().nullable(),
  outOfMemory: z.boolean(),
  /** The node has said that it does not start it again. */
  isGivenUp: z.boolean().optional(),
  /** Absent where the end itself was seen, so that it was a crash for certain. */
  unseen: unseenEndSchema.optional(),
});
export type Crash = z.infer<typeof crashSchema>;

/** What an earlier run of Perch saw last of a server. */
export const lastRunSchema = z.object({
  /** When that was true. */
  at: z.number(),
  /** null where it had not been seen either. */
  state: z.enum([...powerStateSchema.options, 'crashed']).nullable(),
  usage: usageSchema.nullable(),
  /** There where it had crashed, or gone offline unseen, and had not run since. */
  crash: crashSchema.extend({ at: z.number() }).optional(),
});
export type LastRun = z.infer<typeof lastRunSchema>;

export const serverSchema = z.object({
  /** `<account id>/<uuid>`: one server seen through one account. */
  id: z.string(),
  accountId: z.string(),
  uuid: z.string(),
  /** Short id for URLs; not always 8 characters (PROTOCOL trap 16). */
  identifier: z.string(),
  name: z.string(),
  description: z.string(),
  node: z.string(),
  isOwner: z.boolean(),
  condition: conditionSchema,
  limits: limitsSchema,
  /** The default allocation first; empty where the server has none (PROTOCOL 8.2.3). */
  allocations: z.array(allocationSchema),
  sftp: z.object({ host: z.string(), port: z.number() }).nullable(),
  dockerImage: z.string(),
  /** Absent or null where nothing tells; of a game that this version has no drawing for as well. */
  game: z.enum(games).nullable().catch(null).optional(),
  naming: namingSchema,
  /** Granted permission ids, `*` included as sent; null = not known yet (PROTOCOL 2.2). */
  permissions: z.array(z.string()).nullable(),
  /** null = not known yet. */
  power: powerStateSchema.nullable(),
  /**
   * When its state was last seen, where nobody can see it now because the panel has asked for a pause: it is old, and may not
   * be so any more. null or absent otherwise.
   */
  lastSeenAt: z.number().nullable().optional(),
  /** When it was first seen to stop, while it does; null or absent otherwise. */
  stoppingSince: z.number().nullable().optional(),
  /** There until this run of Perch has seen a state of its own. It is nothing to rely on, so `power` and `usage` stay null. */
  lastRun: lastRunSchema.nullable().optional(),
  /** Set when the process ended by a crash, or unseen and not by Perch, until it runs again. */
  crashedAt: z.number().nullable(),
  /** What is known of that end; null or absent without one. */
  crash: crashSchema.nullable().optional(),
  /** When our restart turned out to have left it down; null or absent without one, and once it starts again. */
  restartFailedAt: z.number().nullable().optional(),
  /** What keeps it from running, where that was named since it was last seen to run. */
  fixIt: fixItSchema.nullable().optional(),
  /** How many players are on it, where its console has told since it is followed; null or absent where nobody knows. */
  players: z.number().nullable().optional(),
  /** Our own signal, until reality confirms it or the time limit passes. */
  pending: z
    .object({
      signal: powerSignalSchema,
      since: z.number(),
      /**
       * `unanswered` = neither node nor panel have shown for a while that they have it; `lost` = they will not any more,
       * so it may have been carried out.
       */
      doubt: z.enum(['unanswered', 'lost']).optional(),
    })
    .nullable(),
  usage: usageSchema.nullable(),
  /** Which of its limits it is near (`shares.ts`); absent where none. Main's store says it, and nobody else. */
  near: z.array(z.enum(limited)).readonly().optional(),
  link: linkSchema,
  /** Why the last question about this server failed; null when it did not. */
  problem: problemSchema.nullable(),
});
export type Server = z.infer<typeof serverSchema>;

export const accountSchema = z.object({
  id: z.string(),
  /** What the person calls this panel; at first its host name. */
  label: z.string(),
  /** Origin and path prefix without trailing slash; the API lies below `/api/client`. */
  panelUrl: z.string(),
  user: z.object({ username: z.string(), email: z.string(), isAdmin: z.boolean() }).nullable(),
  /** Where the key lives: the OS keychain, or memory until Perch quits. */
  keyStorage: z.enum(['keychain', 'memory']),
  /** True for the account of the built-in demo. */
  isDemo: z.boolean(),
  /** Every server of the panel is shown, not the own and shared ones alone; only for administrators. */
  allServers: z.boolean().optional(),
  /** Servers that the panel fails to show, so nothing else is known of them (PROTOCOL 8.2.3). */
  unreadServers: z.number().optional(),
  /** Why not all of its servers can be live; not there where they can. */
  heldBack: z
    .object({
      by: z.enum(['setting', 'panel']),
      /** How many can. */
      places: z.number(),
      /** What the panel allows, where it has said. */
      callsPerMinute: z.number().nullable(),
    })
    .optional(),
  /** How long it takes to ask all of those that are polled, where that is more than a minute. Milliseconds. */
  roundMs: z.number().optional(),
  /** Servers that the panel describes in a way that Perch does not know. */
  strangeServers: z.number().optional(),
  /** Not there where the person has agreed to nothing. */
  agreements: z.array(agreementSchema).optional(),
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('loading') }),
    z.object({ kind: z.literal('ready') }),
    z.object({ kind: z.literal('failed'), problem: problemSchema, retryAt: z.number() }),
  ]),
});
export type Account = z.infer<typeof accountSchema>;

/** One console event, which may hold several lines (PROTOCOL 4.12). `text` is raw and hostile. */
export const consoleLineSchema = z.object({
  /** Counts up per server; a gap means that lines were dropped. */
  seq: z.number(),
  at: z.number(),
  /** `server` = the process; `history` = replayed by `send logs`; `daemon` = Wings itself; `install` = installation output. */
  source: z.enum(['server', 'history', 'daemon', 'install']),
  text: z.string(),
});
export type ConsoleLine = z.infer<typeof consoleLineSchema>;

const startupVariableSchema = z.object({
  name: z.string(),
  description: z.string(),
  envVariable: z.string(),
  defaultValue: z.string(),
  /** null = never set; the default applies. */
  serverValue: z.string().nullable(),
  isEditable: z.boolean(),
  /** Laravel's validation rules (PROTOCOL 6). */
  rules: z.string(),
});
export type StartupVariable = z.infer<typeof startupVariableSchema>;

export const startupSchema = z.object({
  variables: z.array(startupVariableSchema),
  /** Rendered, and template (PROTOCOL D11 says which is which). */
  command: z.string(),
  template: z.string(),
  images: z.array(z.object({ label: z.string(), image: z.string() })),
});
export type Startup = z.infer<typeof startupSchema>;

/** Every permission that a panel knows, by group (PROTOCOL 2.13); descriptions are empty where the panel gives none. */
export const permissionGroupSchema = z.object({
  name: z.string(),
  description: z.string(),
  permissions: z.array(z.object({ id: z.string(), description: z.string() })),
});
export type PermissionGroup = z.infer<typeof permissionGroupSchema>;

/** One server of a bulk action. */
const bulkItemSchema = z.object({
  serverId: z.string(),
  name: z.string(),
  /**
   * `waiting` for its turn; `sent` = the node has the signal; `done` = the server has reached the state; `skipped` =
   * there was nothing to do or it was not possible (`problem` says why); `cancelled` before its turn; `unknown` = it may
   * have been carried out.
   */
  outcome: z.enum(['waiting', 'sent', 'done', 'failed', 'unknown', 'skipped', 'cancelled']),
  problem: problemSchema.nullable(),
});
export type BulkItem = z.infer<typeof bulkItemSchema>;

/** One signal to many servers, one after the other with a pause between them. */
export const bulkRunSchema = z.object({
  id: z.string(),
  signal: powerSignalSchema,
  /** The whole wait that ends at `nextAt`: the pause of the settings, or a longer one that a panel has asked for. */
  pauseMs: z.number(),
  startedAt: z.number(),
  /** When the next server is due, of whatever panel; null while none is. */
  nextAt: z.number().nullable(),
  /** null while servers wait for their turn or for their state. */
  finishedAt: z.number().nullable(),
  isCancelled: z.boolean(),
  /** Of a start or restart: the next one has its turn once the one before it runs, or did not come up. */
  waitsForEach: z.boolean(),
  items: z.array(bulkItemSchema),
});
export type BulkRun = z.infer<typeof bulkRunSchema>;

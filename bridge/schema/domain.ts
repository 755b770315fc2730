/**
 * Entities that main, tray, alerts and windows share, independent of any panel's wire format.
 * Units: bytes, percent of one core (100 = one core), ms, and ms since the epoch for times.
 */
import * as z from 'zod';
import { agreementSchema } from './agreement.js';
import { fixItSchema } from './fix-its.js';
import { games } from '../panel/games.js';
import { playersOnlineSchema, reachSchema } from './players.js';
import { problemSchema } from './problem.js';
import { crashSchema } from './process-end.js';
import { limitsSchema, namingSchema } from './server-limits.js';
import { keyRenewalSchema } from './own-account.js';
import { accountSftpSchema } from './sftp.js';
import { limited } from '../fleet/limited.js';

/** State of the server's process as Wings reports it (PROTOCOL 4.6). */
export const powerStateSchema = z.enum(['offline', 'starting', 'running', 'stopping']);
export type PowerState = z.infer<typeof powerStateSchema>;

export const powerSignalSchema = z.enum(['start', 'stop', 'restart', 'kill']);
export type PowerSignal = z.infer<typeof powerSignalSchema>;

/**
 * State of the server as a whole, as the panel reports it.
 * Every condition but `normal` and `reinstall-failed` blocks actions. A failed reinstallation is
 * `reinstall-blocked` if the panel then lets nobody use the server (PROTOCOL 8.2.4).
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
  at: z.number(),
  cpuPercent: z.number(),
  memoryBytes: z.number(),
  /** null if the source does not report it (REST, PROTOCOL D12). */
  memoryLimitBytes: z.number().nullable(),
  diskBytes: z.number(),
  networkRxBytes: z.number(),
  networkTxBytes: z.number(),
  uptimeMs: z.number(),
});
export type Usage = z.infer<typeof usageSchema>;

/** State of a server's websocket session. */
export const linkSchema = z.discriminatedUnion('kind', [
  /** No session wanted; the state is polled. */
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('connecting') }),
  z.object({ kind: z.literal('live') }),
  z.object({ kind: z.literal('reconnecting'), retryAt: z.number(), problem: problemSchema.nullable() }),
  /** Session refused; the state is polled. Perch retries at `retryAt`, or earlier when something changes. */
  z.object({ kind: z.literal('refused'), problem: problemSchema, retryAt: z.number() }),
]);
export type Link = z.infer<typeof linkSchema>;

export const allocationSchema = z.object({
  ip: z.string(),
  alias: z.string().nullable(),
  port: z.number(),
  notes: z.string().nullable(),
  isDefault: z.boolean(),
});
export type Allocation = z.infer<typeof allocationSchema>;

/** Last state of a server that an earlier run of Perch saw. */
export const lastRunSchema = z.object({
  /** Time at which Perch last saw this state. */
  at: z.number(),
  /** null if the earlier run did not know the state. */
  state: z.enum([...powerStateSchema.options, 'crashed']).nullable(),
  usage: usageSchema.nullable(),
  /** Set if the server had crashed, or gone offline unseen, and had not run since. */
  crash: crashSchema.extend({ at: z.number() }).optional(),
});
export type LastRun = z.infer<typeof lastRunSchema>;

/** The newest backup on the panel that was made. */
const lastBackupSchema = z.object({
  id: z.string(),
  /** Beginning of the backup by the panel's clock, ms since the epoch. */
  at: z.number(),
  bytes: z.number(),
  /** Usual time between good backups in ms; null if they follow no rhythm. */
  everyMs: z.number().nullable(),
});
export type LastBackup = z.infer<typeof lastBackupSchema>;

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
  /** The default allocation first; empty if the server has none (PROTOCOL 8.2.3). */
  allocations: z.array(allocationSchema),
  sftp: z.object({ host: z.string(), port: z.number() }).nullable(),
  dockerImage: z.string(),
  /** null or missing if unknown, or if this version has no drawing for the game. */
  game: z.enum(games).nullable().catch(null).optional(),
  /** Name of the egg; null or missing if the panel does not say. */
  egg: z.string().nullable().optional(),
  /** Features of the egg, such as `eula` (PROTOCOL 8.4.5); missing if the panel does not say. */
  features: z.array(z.string()).optional(),
  /** Number of the server in its panel, as names of databases have (PROTOCOL 2.22.4); null or missing if unknown. */
  internalId: z.number().nullable().optional(),
  /** Port for queries in the startup command or a variable; null or missing if there is none. */
  queryPort: z.number().nullable().optional(),
  naming: namingSchema,
  /** Granted permission ids as sent, including `*`; null = not known yet (PROTOCOL 2.2). */
  permissions: z.array(z.string()).nullable(),
  /** null = not known so far. */
  power: powerStateSchema.nullable(),
  /** When `power` was last observed, if it is old because the panel asked Perch to pause; otherwise null or missing. */
  lastSeenAt: z.number().nullable().optional(),
  /** When Perch first saw the server stopping; null or missing unless it is stopping now. */
  stoppingSince: z.number().nullable().optional(),
  /**
   * State that an earlier run of Perch saved; null or missing once this run has read a state. May be outdated, so
   * `power` and `usage` stay null until then.
   */
  lastRun: lastRunSchema.nullable().optional(),
  /** When the process crashed, or ended unseen without a signal by Perch; null once it runs again. */
  crashedAt: z.number().nullable(),
  /** Details of that end; null or missing without details. */
  crash: crashSchema.nullable().optional(),
  /**
   * Time at which Perch noticed that the server did not start again after a restart by Perch; null or missing
   * otherwise, and after the server has started.
   */
  restartFailedAt: z.number().nullable().optional(),
  /** Cause that keeps the server from running, if a line named a cause since the server last ran. */
  fixIt: fixItSchema.nullable().optional(),
  /** null or missing if no source reported the number, or if the number is out of date. */
  players: playersOnlineSchema.nullable().optional(),
  /** null or missing if unknown, for example because Perch does not ask the game. */
  reach: reachSchema.nullable().optional(),
  /** null = the panel has no good backup; missing = not known. */
  lastBackup: lastBackupSchema.nullable().optional(),
  /**
   * Whether a good backup is missing: by a rule of the user, or because the usual rhythm has stopped. Missing until this
   * run of Perch has read the list.
   */
  backupOverdue: z.boolean().optional(),
  /** Power signal sent by Perch, until the state confirms it or its time limit passes. */
  pending: z
    .object({
      signal: powerSignalSchema,
      since: z.number(),
      /**
       * `unanswered` = neither node nor panel has reacted for a while.
       * `lost` = no reaction is expected any more; the signal may have been carried out.
       */
      doubt: z.enum(['unanswered', 'lost']).optional(),
    })
    .nullable(),
  usage: usageSchema.nullable(),
  /** The limits that the server is near (`shares.ts`); missing if none. Only main's store sets it. */
  near: z.array(z.enum(limited)).readonly().optional(),
  link: linkSchema,
  /** Why the last request about this server failed; null if it did not fail. */
  problem: problemSchema.nullable(),
});
export type Server = z.infer<typeof serverSchema>;

export const accountSchema = z.object({
  id: z.string(),
  /** The user's label for the panel; its host name at first. */
  label: z.string(),
  /** Origin and path prefix without a trailing slash; the API lies below `/api/client`. */
  panelUrl: z.string(),
  user: z.object({ username: z.string(), email: z.string(), isAdmin: z.boolean() }).nullable(),
  /** Where the key is stored: the OS keychain, or memory until Perch quits. */
  keyStorage: z.enum(['keychain', 'memory']),
  isDemo: z.boolean(),
  /** True = all servers of the panel; otherwise only own and shared servers. Only for administrators. */
  allServers: z.boolean().optional(),
  /** Number of servers that the panel fails to show, so Perch knows nothing else of them (PROTOCOL 8.2.3). */
  unreadServers: z.number().optional(),
  /** Why some servers of the account cannot be live; missing if all can. */
  heldBack: z
    .object({
      by: z.enum(['setting', 'panel']),
      /** Number of servers that can be live. */
      places: z.number(),
      /** The panel's rate limit; null if the panel did not state it. */
      callsPerMinute: z.number().nullable(),
    })
    .optional(),
  /** How long one poll of all polled servers takes, if that is more than a minute (ms). */
  roundMs: z.number().optional(),
  /** Number of servers left out because their JSON has an unknown form. */
  strangeServers: z.number().optional(),
  /** Missing without an agreement of the user. */
  agreements: z.array(agreementSchema).optional(),
  /** Missing unless a replacement of Perch's key was cut off. */
  keyRenewal: keyRenewalSchema.optional(),
  /** Missing if SFTP is not set up. */
  sftp: accountSftpSchema.optional(),
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('loading') }),
    z.object({ kind: z.literal('ready') }),
    z.object({ kind: z.literal('failed'), problem: problemSchema, retryAt: z.number() }),
  ]),
});
export type Account = z.infer<typeof accountSchema>;

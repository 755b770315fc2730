/**
 * Plain entities that main, tray, alerts and windows share. Nothing here knows the wire format of a panel.
 * Units: bytes, percent of one core (100 = one core), milliseconds, milliseconds since the epoch for times.
 */
import * as z from 'zod';
import { problemSchema } from './errors.js';

/** What Wings says about the process (PROTOCOL 4.6). */
export const powerStateSchema = z.enum(['offline', 'starting', 'running', 'stopping']);
export type PowerState = z.infer<typeof powerStateSchema>;

export const powerSignalSchema = z.enum(['start', 'stop', 'restart', 'kill']);
export type PowerSignal = z.infer<typeof powerSignalSchema>;

/** What the panel says about the server as a whole; everything but `normal` and `reinstall-failed` blocks actions. */
export const conditionSchema = z.enum([
  'normal',
  'installing',
  'install-failed',
  'reinstall-failed',
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
  /** Given up until the person or the panel changes something. */
  z.object({ kind: z.literal('refused'), problem: problemSchema }),
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

export const limitsSchema = z.object({
  /** Bytes; null = unlimited. */
  memoryBytes: z.number().nullable(),
  /** Bytes; null = unlimited. */
  diskBytes: z.number().nullable(),
  /** Percent of one core; null = unlimited. */
  cpuPercent: z.number().nullable(),
});
export type Limits = z.infer<typeof limitsSchema>;

/** How a process ended by itself (PROTOCOL 4.6, 4.12). */
export const crashSchema = z.object({
  /** null where nobody told. */
  exitCode: z.number().nullable(),
  outOfMemory: z.boolean(),
});
export type Crash = z.infer<typeof crashSchema>;

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
  /** The default allocation first; empty where the server has none (PROTOCOL 8). */
  allocations: z.array(allocationSchema),
  sftp: z.object({ host: z.string(), port: z.number() }).nullable(),
  dockerImage: z.string(),
  /** Granted permission ids, `*` included as sent; null = not known yet (PROTOCOL 2.2). */
  permissions: z.array(z.string()).nullable(),
  /** null = not known yet. */
  power: powerStateSchema.nullable(),
  /** Set when the process ended by a crash, until it runs again. */
  crashedAt: z.number().nullable(),
  /** What is known of that crash; null or absent without one. */
  crash: crashSchema.nullable().optional(),
  /** Our own signal, until reality confirms it or the time limit passes. */
  pending: z.object({ signal: powerSignalSchema, since: z.number() }).nullable(),
  usage: usageSchema.nullable(),
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
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('loading') }),
    z.object({ kind: z.literal('ready') }),
    z.object({ kind: z.literal('failed'), problem: problemSchema, retryAt: z.number().nullable() }),
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

export const alertSchema = z.object({
  kind: z.enum(['crashed']),
  serverId: z.string(),
  at: z.number(),
  title: z.string(),
  body: z.string(),
});
export type Alert = z.infer<typeof alertSchema>;

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  confirmStop: z.boolean().default(false),
  confirmRestart: z.boolean().default(false),
  notifyCrash: z.boolean().default(true),
});
export type Settings = z.infer<typeof settingsSchema>;

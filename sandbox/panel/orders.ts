import * as z from 'zod';
import { backupOrder } from './backups/orders.js';
import { databaseHost, databaseOrder } from './databases/orders.js';
import { scheduleOrder, timeZone } from './schedules/orders.js';

const server = z.string();
const user = z.string();
const node = z.string();
const status = z.enum(['installing', 'install_failed', 'reinstall_failed', 'suspended', 'restoring_backup']);
const httpStatus = z.int().min(100).max(599);
const aim = {
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
  path: z.string().optional(),
  times: z.int().min(1).optional(),
};
const keyTraits = {
  kind: z.enum(['client', 'application']).optional(),
  expired: z.boolean().optional(),
  allowedIps: z.array(z.string()).nullable().optional(),
};
const left = z.int().min(0).default(0);

/** Orders about a server. */
const serverOrders = [
  z.strictObject({ do: z.literal('suspend'), server }),
  z.strictObject({ do: z.literal('unsuspend'), server }),
  z.strictObject({ do: z.literal('status'), server, status: status.nullable() }),
  z.strictObject({ do: z.literal('transferring'), server, on: z.boolean() }),
  z.strictObject({ do: z.literal('install'), server }),
  z.strictObject({ do: z.literal('remove-server'), server }),
  z.strictObject({ do: z.literal('owner'), server, user }),
  z.strictObject({
    do: z.literal('permissions'),
    server,
    user,
    permissions: z.array(z.string()).nullable(),
  }),
  z.strictObject({
    do: z.literal('edit'),
    server,
    name: z.string().optional(),
    description: z.string().optional(),
  }),
  z.strictObject({ do: z.literal('image'), server, image: z.string() }),
  z.strictObject({
    do: z.literal('allocations'),
    server,
    allocations: z.array(
      z.strictObject({
        ip: z.string(),
        port: z.int().min(1).max(65_535),
        alias: z.string().nullable().default(null),
        notes: z.string().nullable().default(null),
      }),
    ),
    /** Most allocations of the server; missing = as before. */
    limit: z.int().min(0).nullable().optional(),
  }),
  z.strictObject({
    do: z.literal('variable'),
    server,
    key: z.string(),
    rules: z.union([z.string(), z.array(z.string())]).optional(),
    editable: z.boolean().optional(),
    viewable: z.boolean().optional(),
  }),
  z.strictObject({ do: z.literal('remove-variable'), server, key: z.string() }),
  z.strictObject({
    do: z.literal('fault'),
    server,
    fault: z
      .discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('refuse'),
          status: httpStatus,
          message: z.string(),
          fromProxy: z.boolean().optional(),
        }),
        z.strictObject({ kind: z.literal('hang') }),
        z.strictObject({ kind: z.literal('reset') }),
        z.strictObject({ kind: z.literal('garbage') }),
      ])
      .nullable(),
  }),
  z.strictObject({
    do: z.literal('query'),
    server,
    answers: z.boolean().optional(),
    loss: z.number().min(0).max(1).optional(),
    delayMs: z.int().min(0).optional(),
    garbage: z.boolean().optional(),
    slots: z.int().min(0).optional(),
    hasPassword: z.boolean().optional(),
    hides: z.boolean().optional(),
  }),
  z.strictObject({ do: z.literal('look'), server }),
] as const;

/** Orders about a node or the whole panel. */
const panelOrders = [
  z.strictObject({ do: z.literal('happenings') }),
  z.strictObject({ do: z.literal('node-down'), node }),
  z.strictObject({ do: z.literal('node-up'), node }),
  z.strictObject({ do: z.literal('node-maintenance'), node, on: z.boolean() }),
  z.strictObject({
    do: z.literal('panel'),
    maintenance: z
      .strictObject({ retryAfter: z.number().optional(), refresh: z.number().optional() })
      .nullable()
      .optional(),
    twoFactorRequired: z.boolean().optional(),
    databaseDown: z.boolean().optional(),
    cacheDown: z.boolean().optional(),
    debug: z.boolean().optional(),
    silent: z.boolean().optional(),
    descriptionsLocked: z.boolean().optional(),
    longIdentifiers: z.boolean().optional(),
    databaseHost: databaseHost.optional(),
    databasesLocked: z.boolean().optional(),
    playerCounter: z.boolean().optional(),
    allocationPorts: z
      .strictObject({ from: z.int().min(1), to: z.int().max(65_535) })
      .nullable()
      .optional(),
    timeZone: timeZone.optional(),
    cronRuns: z.boolean().optional(),
    workerRuns: z.boolean().optional(),
    backupLinkSeconds: z.int().min(0).optional(),
    backupThrottle: z.strictObject({ limit: z.int().min(1), period: z.int().min(0) }).optional(),
  }),
  z.strictObject({
    do: z.literal('proxy'),
    answer: z
      .strictObject({
        status: httpStatus.min(200),
        body: z.string().optional(),
        contentType: z.string().optional(),
        location: z.string().optional(),
        headers: z.record(z.string(), z.string()).optional(),
        ...aim,
      })
      .nullable(),
  }),
  z.strictObject({
    do: z.literal('wire'),
    wire: z
      .strictObject({
        how: z.enum(['delay', 'drop', 'reset', 'truncate']),
        delayMs: z.int().min(0).optional(),
        carriedOut: z.boolean().optional(),
        ...aim,
      })
      .nullable(),
  }),
  z.strictObject({
    do: z.literal('error'),
    error: z
      .strictObject({
        status: httpStatus.min(400),
        code: z.string(),
        detail: z
          .string()
          .default('An unexpected error was encountered while processing this request, please try again.'),
        meta: z.record(z.string(), z.string()).optional(),
        ...aim,
      })
      .nullable(),
  }),
] as const;

/** Orders about a node's websockets. A restart of the node ends all except the address. */
const socketOrders = [
  z.strictObject({
    do: z.literal('node-sockets'),
    node,
    handshake: httpStatus.min(200).nullable().optional(),
    mute: z.boolean().optional(),
  }),
  z.strictObject({ do: z.literal('node-address'), node, base: z.string().nullable() }),
  z.strictObject({
    do: z.literal('close-sockets'),
    node,
    server: server.optional(),
    code: z.int().min(1000).max(4999),
    reason: z.string().default(''),
  }),
] as const;

/** Orders about a node's files: SFTP and fetched files. A restart of the node ends all and keeps the host key. */
const nodeFileOrders = [
  z.strictObject({
    do: z.literal('sftp'),
    node,
    rate: z.int().min(1).nullable().optional(),
    cutAt: z.int().min(0).nullable().optional(),
    refusesKeys: z.boolean().optional(),
    readOnly: z.boolean().optional(),
    isSilent: z.boolean().optional(),
    isMute: z.boolean().optional(),
  }),
  z.strictObject({ do: z.literal('sftp-host-key'), node }),
  z.strictObject({ do: z.literal('pull-from-loopback'), node, on: z.boolean() }),
  z.strictObject({ do: z.literal('cut-sftp'), node, server: server.optional() }),
] as const;

/** Orders about users: keys, roles and limits. */
const peopleOrders = [
  z.strictObject({ do: z.literal('revoke-keys'), user }),
  z.strictObject({ do: z.literal('password'), user, password: z.string() }),
  z.strictObject({ do: z.literal('two-factor'), user, on: z.boolean() }),
  z.strictObject({ do: z.literal('add-key'), user, ...keyTraits }),
  z.strictObject({ do: z.literal('keys'), user, ...keyTraits }),
  z.strictObject({ do: z.literal('role'), user, role: z.enum(['none', 'viewer', 'editor', 'admin']) }),
  z.strictObject({ do: z.literal('use-up'), user, left }),
  z.strictObject({ do: z.literal('use-up-tokens'), server, left }),
  z.strictObject({ do: z.literal('refill') }),
] as const;

const serverOrder = z.discriminatedUnion('do', serverOrders);
const panelOrder = z.discriminatedUnion('do', panelOrders);
const socketOrder = z.discriminatedUnion('do', socketOrders);
const nodeFileOrder = z.discriminatedUnion('do', nodeFileOrders);
const peopleOrder = z.discriminatedUnion('do', peopleOrders);

/** All orders of `POST /sandbox/control`, by their field `do`. */
export const order = z.discriminatedUnion('do', [
  serverOrder,
  panelOrder,
  socketOrder,
  nodeFileOrder,
  peopleOrder,
  backupOrder,
  scheduleOrder,
  databaseOrder,
]);

export type ServerOrder = z.infer<typeof serverOrder>;
export type PanelOrder = z.infer<typeof panelOrder>;
export type SocketOrder = z.infer<typeof socketOrder>;
export type NodeFileOrder = z.infer<typeof nodeFileOrder>;
export type PeopleOrder = z.infer<typeof peopleOrder>;

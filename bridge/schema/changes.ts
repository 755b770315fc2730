/** Changes of the fleet's state as they cross the process boundary. */
import * as z from 'zod';
import { accountSchema, serverSchema, usageSchema } from './domain.js';

/** Fields of a server that can change without the others. */
const serverPatchSchema = serverSchema
  .pick({
    condition: true,
    power: true,
    lastSeenAt: true,
    stoppingSince: true,
    crashedAt: true,
    crash: true,
    restartFailedAt: true,
    fixIt: true,
    players: true,
    reach: true,
    lastBackup: true,
    backupOverdue: true,
    near: true,
    pending: true,
    link: true,
    problem: true,
    permissions: true,
  })
  .partial();

export const changeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('account-upserted'), account: accountSchema }),
  z.object({ kind: z.literal('account-removed'), accountId: z.string() }),
  z.object({ kind: z.literal('server-upserted'), server: serverSchema }),
  z.object({ kind: z.literal('server-removed'), serverId: z.string() }),
  z.object({ kind: z.literal('server-patched'), serverId: z.string(), patch: serverPatchSchema }),
  z.object({ kind: z.literal('usage'), serverId: z.string(), usage: usageSchema.nullable() }),
]);
export type Change = z.infer<typeof changeSchema>;
export type ServerPatch = z.infer<typeof serverPatchSchema>;

/** The whole state, the first event of the feed `fleet`. */
export const fleetSnapshotSchema = z.object({
  accounts: z.array(accountSchema),
  servers: z.array(serverSchema),
});
export type FleetSnapshot = z.infer<typeof fleetSnapshotSchema>;

/** The pure function that applies a change to the fleet's state; the same on both sides of the process wall. */
import * as z from 'zod';
import { accountSchema, serverSchema, usageSchema, type Account, type Server } from './domain.js';

/** The fields of a server that change while everything else stays. */
const serverPatchSchema = serverSchema
  .pick({
    condition: true,
    power: true,
    crashedAt: true,
    crash: true,
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

export interface FleetState {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly servers: ReadonlyMap<string, Server>;
}

/** The state as it crosses the wall. */
export const fleetSnapshotSchema = z.object({
  accounts: z.array(accountSchema),
  servers: z.array(serverSchema),
});
export type FleetSnapshot = z.infer<typeof fleetSnapshotSchema>;

export const emptyFleet: FleetState = { accounts: new Map(), servers: new Map() };

export function toSnapshot(state: FleetState): FleetSnapshot {
  return { accounts: [...state.accounts.values()], servers: [...state.servers.values()] };
}

export function fromSnapshot(snapshot: FleetSnapshot): FleetState {
  return {
    accounts: new Map(snapshot.accounts.map((account) => [account.id, account])),
    servers: new Map(snapshot.servers.map((server) => [server.id, server])),
  };
}

/**
 * Applies changes in order and returns the new state; entities that no change names keep their identity.
 * Changes to a server that is not there are dropped: it was removed while they were on their way.
 */
export function applyChanges(state: FleetState, changes: readonly Change[]): FleetState {
  if (changes.length === 0) return state;
  const accounts = new Map(state.accounts);
  const servers = new Map(state.servers);
  for (const change of changes) apply(accounts, servers, change);
  return { accounts, servers };
}

function apply(accounts: Map<string, Account>, servers: Map<string, Server>, change: Change): void {
  switch (change.kind) {
    case 'account-upserted':
      accounts.set(change.account.id, change.account);
      return;
    case 'account-removed':
      accounts.delete(change.accountId);
      for (const server of servers.values()) {
        if (server.accountId === change.accountId) servers.delete(server.id);
      }
      return;
    case 'server-upserted':
      servers.set(change.server.id, change.server);
      return;
    case 'server-removed':
      servers.delete(change.serverId);
      return;
    case 'server-patched':
      patch(servers, change.serverId, change.patch);
      return;
    case 'usage':
      patch(servers, change.serverId, { usage: change.usage });
  }
}

/** A state that was seen takes the place of what an earlier run knew. */
function patch(
  servers: Map<string, Server>,
  serverId: string,
  fields: ServerPatch | Pick<Server, 'usage'>,
): void {
  const server = servers.get(serverId);
  if (server === undefined) return;
  const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const isSeen = 'power' in fields && typeof fields.power === 'string' && (server.lastRun ?? null) !== null;
  servers.set(serverId, { ...server, ...known, ...(isSeen ? { lastRun: null } : {}) });
}

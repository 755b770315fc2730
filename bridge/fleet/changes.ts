/** Applies a change to the fleet's state. Pure; main and the windows use the same function. */
import type { Change, FleetSnapshot, ServerPatch } from '../schema/changes.js';
import type { Account, Server } from '../schema/domain.js';
import { PagedMap } from './paged-map.js';

export type { Change, FleetSnapshot, ServerPatch } from '../schema/changes.js';

export interface FleetState {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly servers: ReadonlyMap<string, Server>;
}

export const emptyFleet: FleetState = { accounts: new Map(), servers: PagedMap.of(new Map()) };

export function toSnapshot(state: FleetState): FleetSnapshot {
  return { accounts: [...state.accounts.values()], servers: [...state.servers.values()] };
}

export function fromSnapshot(snapshot: FleetSnapshot): FleetState {
  return {
    accounts: new Map(snapshot.accounts.map((account) => [account.id, account])),
    servers: PagedMap.of(new Map(snapshot.servers.map((server) => [server.id, server]))),
  };
}

/**
 * Applies changes in order and returns the new state.
 * Unchanged entities keep their identity. Drops changes to a server that is missing: it was removed in the
 * meantime.
 */
export function applyChanges(state: FleetState, changes: readonly Change[]): FleetState {
  if (changes.length === 0) return state;
  const draft = { state, accounts: new Map(state.accounts), servers: new Map<string, Server | null>() };
  for (const change of changes) apply(draft, change);
  return { accounts: draft.accounts, servers: PagedMap.of(state.servers).with(draft.servers) };
}

interface Draft {
  readonly state: FleetState;
  readonly accounts: Map<string, Account>;
  /** Servers that differ from the state; null = removed. */
  readonly servers: Map<string, Server | null>;
}

function apply(draft: Draft, change: Change): void {
  switch (change.kind) {
    case 'account-upserted':
      draft.accounts.set(change.account.id, change.account);
      return;
    case 'account-removed':
      removeAccount(draft, change.accountId);
      return;
    case 'server-upserted':
      draft.servers.set(change.server.id, change.server);
      return;
    case 'server-removed':
      draft.servers.set(change.serverId, null);
      return;
    case 'server-patched':
      patch(draft, change.serverId, change.patch);
      return;
    case 'usage': {
      const server = serverOf(draft, change.serverId);
      if (server !== null) draft.servers.set(server.id, { ...server, usage: change.usage });
    }
  }
}

function removeAccount(draft: Draft, accountId: string): void {
  draft.accounts.delete(accountId);
  for (const id of [...draft.state.servers.keys(), ...draft.servers.keys()]) {
    if (serverOf(draft, id)?.accountId === accountId) draft.servers.set(id, null);
  }
}

function serverOf({ state, servers }: Draft, id: string): Server | null {
  const changed = servers.get(id);
  return changed === undefined ? (state.servers.get(id) ?? null) : changed;
}

/** An observed power state replaces the state of an earlier run of Perch (`lastRun`). */
function patch(draft: Draft, serverId: string, fields: ServerPatch): void {
  const server = serverOf(draft, serverId);
  if (server === null) return;
  const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const isSeen = typeof fields.power === 'string' && (server.lastRun ?? null) !== null;
  draft.servers.set(serverId, { ...server, ...known, ...(isSeen ? { lastRun: null } : {}) });
}

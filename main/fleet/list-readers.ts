/** Decides whose key reads a list of a server, and which lists go with their servers. Pure. */
import type { Change, FleetState } from '../../bridge/fleet/changes.js';
import { conditionBlock, isGranted } from '../../bridge/panel/permissions.js';
import type { Account, Server } from '../../bridge/schema/domain.js';
import { twinsOf } from './twins.js';

/** Whether a read can succeed: the panel would answer, and the key is known to have the permissions. */
export function canReadList(
  { condition, permissions }: Server,
  account: Account | undefined,
  needed: readonly string[],
): boolean {
  return (
    account?.state.kind === 'ready' &&
    conditionBlock(condition) === null &&
    permissions !== null &&
    needed.every((permission) => isGranted(permissions, permission))
  );
}

/** Whether this account reads the list: of several that see the server, the first that may. */
export function isFirstReader(state: FleetState, server: Server, permission: string): boolean {
  const reads = (twin: Server): boolean =>
    canReadList(twin, state.accounts.get(twin.accountId), [permission]);
  return reads(server) && twinsOf(state, server).find(reads)?.id === server.id;
}

/** Ids of the server in all accounts that see it: the account that changed a list may be another one than its reader. */
export function possibleReaders(state: FleetState, serverId: string): string[] {
  const server = state.servers.get(serverId);
  return server === undefined ? [] : twinsOf(state, server).map(({ id }) => id);
}

/** Those of the known servers that the changes removed from the fleet. */
export function goneServers(
  known: Iterable<string>,
  changes: readonly Change[],
  { servers }: FleetState,
): string[] {
  if (!changes.some(({ kind }) => kind === 'server-removed' || kind === 'account-removed')) return [];
  return [...known].filter((id) => !servers.has(id));
}

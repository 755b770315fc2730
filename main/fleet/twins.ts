/**
 * The same server, seen through several accounts of one panel. The address of a panel and a server's uuid say which
 * server it is; an id of Perch (`<account id>/<uuid>`) says in addition through which account.
 */
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Account, Server } from '../../bridge/schema/domain.js';
import { serverId } from './server-id.js';

/** Every account of the panel that this one belongs to, itself among them, in the order of the accounts. */
export function accountsOfPanel({ accounts }: FleetState, accountId: string): readonly Account[] {
  const own = accounts.get(accountId);
  if (own === undefined) return [];
  return [...accounts.values()].filter(({ panelUrl }) => panelUrl === own.panelUrl);
}

/** The server as each account of its panel knows it, itself among them, in the order of the accounts. */
export function twinsOf(state: FleetState, server: Server): readonly Server[] {
  const accounts = accountsOfPanel(state, server.accountId);
  // Asked for with each figure of each server, and most panels have one account.
  if (accounts.length <= 1) return [server];
  return accounts.flatMap(({ id }) => {
    if (id === server.accountId) return [server];
    return state.servers.get(serverId(id, server.uuid)) ?? [];
  });
}

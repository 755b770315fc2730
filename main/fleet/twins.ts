/**
 * Finds the same server in several accounts of one panel.
 * Panel address and server uuid identify the server; Perch's id (`<account id>/<uuid>`) also names the account.
 */
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Account, Server } from '../../bridge/schema/domain.js';
import { serverId } from './server-id.js';

/** All accounts on the panel of this account, itself included, in the order of the accounts. */
export function accountsOfPanel({ accounts }: FleetState, accountId: string): readonly Account[] {
  const own = accounts.get(accountId);
  if (own === undefined) return [];
  return [...accounts.values()].filter(({ panelUrl }) => panelUrl === own.panelUrl);
}

/** The server in each account on its panel, itself included, in the order of the accounts. */
export function twinsOf(state: FleetState, server: Server): readonly Server[] {
  const accounts = accountsOfPanel(state, server.accountId);
  // Fast path: called for every usage update, and most panels have one account.
  if (accounts.length <= 1) return [server];
  return accounts.flatMap(({ id }) => {
    if (id === server.accountId) return [server];
    return state.servers.get(serverId(id, server.uuid)) ?? [];
  });
}

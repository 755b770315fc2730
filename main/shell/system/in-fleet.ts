/** Looks up the account or server that a window names. Throws `PerchError` for an unknown id. */
import type { FleetState } from '../../../bridge/fleet/changes.js';
import type { Account, Server } from '../../../bridge/schema/domain.js';
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';

export interface FleetNow {
  readonly state: FleetState;
}

export function accountInFleet({ state }: FleetNow, accountId: string): Account {
  const account = state.accounts.get(accountId);
  if (account === undefined) throw new PerchError(noAccount);
  return account;
}

/** `accountId` = the account that the server must belong to; missing = any. */
export function serverIn({ state }: FleetNow, serverId: string, accountId?: string): Server {
  const server = state.servers.get(serverId);
  if (server === undefined || (accountId ?? server.accountId) !== server.accountId) {
    throw new PerchError(noServer);
  }
  return server;
}

const noAccount = newProblem('not-found', sentence('desktop.panel-gone'));

const noServer = newProblem(
  'not-found',
  sentence('common.server-gone'),
  sentence('desktop.server-gone-next'),
);

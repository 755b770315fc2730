import { serverKeys } from '../../../bridge/fleet/one-per-server.js';
import type { Account, Server } from '../../../bridge/schema/domain.js';
import { accessTargets } from '../server/people/access-targets.js';
import { cellOf, type MatrixColumn, type MatrixPerson } from './people-matrix.js';

/**
 * Ids of the servers where one of the accounts may remove the person. If several accounts see a server, the allowed
 * account may differ from the account of the column.
 */
export function removableFrom(
  { key }: MatrixPerson,
  columns: readonly MatrixColumn[],
  { servers, accounts }: { readonly servers: readonly Server[]; readonly accounts: readonly Account[] },
): string[] {
  const keyOf = serverKeys(accounts);
  const shared = new Set(
    columns.flatMap((column) => (cellOf(column, key).kind === 'access' ? [keyOf(column.server)] : [])),
  );
  const there = servers.filter((server) => shared.has(keyOf(server)));
  return accessTargets(there, { from: null, permissions: null, accounts }).flatMap(({ server, block }) =>
    block === null ? [server.id] : [],
  );
}

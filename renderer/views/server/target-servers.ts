/** Servers on which an action of one server can be done as well. Pure. */
import { onePerServer, serverKeys } from '../../../bridge/fleet/one-per-server.js';
import type { Account, Server } from '../../../bridge/schema/domain.js';

export interface TargetServer {
  readonly server: Server;
  /** Why the server cannot take part; null if it can. */
  readonly block: string | null;
}

interface Wanted {
  /** The server of the action, which is left out; null = none. */
  readonly from: Pick<Server, 'id' | 'accountId'> | null;
  readonly accounts: readonly Account[];
  /** Why a server cannot take part; null if it can. */
  readonly blockOf: (server: Server) => string | null;
}

/** By name. Several accounts may see a server; one whose key can take part counts. */
export function targetServers(
  servers: readonly Server[],
  { from, accounts, blockOf }: Wanted,
): readonly TargetServer[] {
  const keyOf = serverKeys(accounts);
  const own = from === null ? null : keyOf(from);
  const blocks = new Map(
    servers.filter((server) => keyOf(server) !== own).map((server) => [server, blockOf(server)]),
  );
  const isBlocked = (server: Server): number => Number(blocks.get(server) !== null);
  const openFirst = [...blocks.keys()].toSorted((one, other) => isBlocked(one) - isBlocked(other));
  return onePerServer(openFirst, accounts)
    .map((server) => ({ server, block: blocks.get(server) ?? null }))
    .toSorted((one, other) => one.server.name.localeCompare(other.server.name));
}

/** The servers on which somebody's access can be given or taken, and why others cannot take part. */
import { onceEach, serverKeys } from '../../../../bridge/fleet/once-each.js';
import { accessBlock } from '../../../../bridge/panel/permissions.js';
import { ungivable } from '../../../../bridge/people/rights.js';
import type { Account, Server } from '../../../../bridge/schema/domain.js';
import { say, spoken } from '../../../../messages/messages.js';

interface AccessTarget {
  readonly server: Server;
  /** Why the server cannot take part; null if it can. */
  readonly block: string | null;
}

interface Wanted {
  /** The server from which the access comes, which is left out; null = none. */
  readonly from: Server | null;
  /** null = access is taken. */
  readonly permissions: readonly string[] | null;
  readonly accounts: readonly Account[];
}

/** By name. Several accounts may see a server; one that may change its people counts. */
export function accessTargets(
  servers: readonly Server[],
  { from, permissions, accounts }: Wanted,
): readonly AccessTarget[] {
  const keyOf = serverKeys(accounts);
  const own = from === null ? null : keyOf(from);
  const others = servers.filter((server) => keyOf(server) !== own);
  const isBlocked = (server: Server): number => Number(blockOf(server, permissions) !== null);
  const openFirst = others.toSorted((one, other) => isBlocked(one) - isBlocked(other));
  return onceEach(openFirst, accounts)
    .map((server) => ({ server, block: blockOf(server, permissions) }))
    .toSorted((one, other) => one.server.name.localeCompare(other.server.name));
}

function blockOf(server: Server, permissions: readonly string[] | null): string | null {
  const block = accessBlock(permissions === null ? 'take-access' : 'give-access', server);
  if (block !== null) return spoken(block);
  const missing = ungivable(server.permissions, permissions ?? []).length;
  return missing === 0 ? null : say('people.lacking-count', { count: missing });
}

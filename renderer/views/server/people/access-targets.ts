/** The servers on which somebody's access can be given or taken, and why others cannot take part. */
import { accessBlock } from '../../../../bridge/panel/permissions.js';
import { ungivable } from '../../../../bridge/people/rights.js';
import type { Account, Server } from '../../../../bridge/schema/domain.js';
import { say, spoken } from '../../../../messages/messages.js';
import { targetServers, type TargetServer } from '../target-servers.js';

interface Wanted {
  /** The server from which the access comes, which is left out; null = none. */
  readonly from: Server | null;
  /** null = access is taken. */
  readonly permissions: readonly string[] | null;
  readonly accounts: readonly Account[];
}

export function accessTargets(
  servers: readonly Server[],
  { from, permissions, accounts }: Wanted,
): readonly TargetServer[] {
  return targetServers(servers, { from, accounts, blockOf: (server) => blockOf(server, permissions) });
}

function blockOf(server: Server, permissions: readonly string[] | null): string | null {
  const block = accessBlock(permissions === null ? 'take-access' : 'give-access', server);
  if (block !== null) return spoken(block);
  const missing = ungivable(server.permissions, permissions ?? []).length;
  return missing === 0 ? null : say('people.lacking-count', { count: missing });
}

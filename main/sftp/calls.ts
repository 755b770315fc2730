import { toProblem } from '../../bridge/errors.js';
import type { CallTable } from '../base/calls.js';
import type { SftpConnections } from './connections.js';
import type { HostKeys } from './host-keys.js';
import type { SftpKeys } from './sftp-keys.js';

export interface SftpCallsDeps {
  readonly keys: Pick<SftpKeys, 'setUp' | 'withdraw'>;
  readonly hosts: Pick<HostKeys, 'trust' | 'hasChanged'>;
  readonly connections: Pick<SftpConnections, 'use' | 'hostOf'>;
  /** Account of a server. Throws `PerchError`. */
  readonly accountOf: (serverId: string) => string;
}

/** Calls about SFTP; `sftp.open` needs the desktop and is in main/shell. */
export function sftpCalls({ keys, hosts, connections, accountOf }: SftpCallsDeps) {
  return {
    'sftp.setUp': async ({ serverId }) => keys.setUp(accountOf(serverId)),
    'sftp.withdraw': ({ accountId }) => keys.withdraw(accountId),
    'sftp.try': ({ serverId }) => connections.use(serverId, async () => undefined),
    'sftp.trustHost': async ({ serverId, fingerprint }) => {
      const [accountId, host] = [accountOf(serverId), connections.hostOf(serverId)];
      // A failed transfer keeps its question over a start of Perch, which has seen no key yet.
      if (!hosts.hasChanged(accountId, host))
        await connections.use(serverId, async () => undefined).catch(unlessChanged);
      await hosts.trust(accountId, host, fingerprint);
    },
  } satisfies CallTable;
}

function unlessChanged(error: unknown): void {
  if (toProblem(error).code !== 'host-key-changed') throw error;
}

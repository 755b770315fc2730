import type { CallTable } from '../base/calls.js';
import type { SftpConnections } from './connections.js';
import type { HostKeys } from './host-keys.js';
import type { SftpKeys } from './sftp-keys.js';

export interface SftpCallsDeps {
  readonly keys: Pick<SftpKeys, 'setUp' | 'withdraw'>;
  readonly hosts: Pick<HostKeys, 'trust'>;
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
    'sftp.trustHost': async ({ serverId, fingerprint }) =>
      hosts.trust(accountOf(serverId), connections.hostOf(serverId), fingerprint),
  } satisfies CallTable;
}

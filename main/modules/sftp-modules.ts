import { hostname } from 'node:os';
import { mayUseSftp } from '../../bridge/panel/sftp-login.js';
import { demand, serverOf } from '../actions/deps.js';
import type { Network } from '../base/network-ports.js';
import type { Vault } from '../base/ports.js';
import { sftpCalls } from '../sftp/calls.js';
import { readParts, writeParts } from '../sftp/file-parts.js';
import { SftpConnections } from '../sftp/connections.js';
import { HostKeys } from '../sftp/host-keys.js';
import { SftpKeys } from '../sftp/sftp-keys.js';
import type { SftpDoor } from '../transfers/sftp-upload.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';

export interface SftpModulesDeps extends Shared, Pick<FleetModules, 'fleet' | 'book'> {
  readonly network: Pick<Network, 'stream'>;
  readonly vault: Vault;
}

/** Builds the keys and connections for SFTP. */
export function sftpModules(deps: SftpModulesDeps) {
  const { store, fleet, book, network } = deps;
  const hosts = new HostKeys(deps);
  const keys = new SftpKeys({
    ...deps,
    computer: hostname,
    panelOf: (accountId) => {
      const panel = fleet.panelOf(accountId);
      return {
        add: (name, publicKey) => panel.addSshKey(name, publicKey),
        remove: (fingerprint) => panel.removeSshKey(fingerprint),
      };
    },
  });
  const connections = new SftpConnections({
    ...deps,
    keys,
    hosts,
    serverOf: (serverId) => {
      const { server } = serverOf(deps, serverId);
      demand(server, 'file.sftp');
      return server;
    },
    userOf: (accountId) => store.state.accounts.get(accountId)?.user?.username ?? null,
    dial: (place) => network.stream(place),
  });
  book.listen(() => connections.recheck());
  const calls = sftpCalls({
    keys,
    hosts,
    connections,
    accountOf: (serverId) => serverOf(deps, serverId).server.accountId,
  });
  /** SFTP for transfers. */
  const door: SftpDoor = {
    isOn: (serverId) => {
      const server = store.state.servers.get(serverId);
      return server !== undefined && keys.isOn(server.accountId) && mayUseSftp(server);
    },
    use: (serverId, run, signal) => connections.use(serverId, run, signal),
    write: writeParts,
    read: readParts,
  };
  return { sftp: { keys, connections, door }, calls };
}

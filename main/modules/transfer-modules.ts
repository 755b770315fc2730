import { randomUUID } from 'node:crypto';
import { backupLink, backupToDownload } from '../actions/servers/backup-downloads.js';
import type { Network } from '../base/network-ports.js';
import { NodeDownloads } from '../transfers/node-downloads.js';
import { diskWith } from '../transfers/transfer-disk.js';
import { Transfers } from '../transfers/transfers.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';

export interface TransferModulesDeps
  extends Shared, Pick<FleetModules, 'fleet' | 'book' | 'trustOf' | 'mayBeUnencrypted'> {
  readonly network: Pick<Network, 'downloads'>;
  /** Path of the script that writes large files in a thread; null = no thread. */
  readonly writeThread: string | null;
}

export type TransferModules = ReturnType<typeof transferModules>;

/** Builds the queue of downloads from nodes. */
export function transferModules(deps: TransferModulesDeps) {
  const { disk, network, book } = deps;
  const nodeDownloads = new NodeDownloads({
    ...deps,
    link: (source) => backupLink(deps, source),
    downloads: (trust) => network.downloads(trust),
  });
  book.listen(() => nodeDownloads.recheck());
  const transfers = new Transfers({
    ...deps,
    kept: disk.transfers,
    disk: diskWith(deps.writeThread),
    download: (source, signal) => nodeDownloads.download(source, signal),
    limit: () => disk.settings.current.transferLimit,
    newId: randomUUID,
  });
  return {
    transfers,
    /** What a transfer of a backup needs to know. */
    backupToDownload: (serverId: string, backup: string) => backupToDownload(deps, serverId, backup),
  };
}

import { randomUUID } from 'node:crypto';
import {
  backupToDownload,
  fileToDownload,
  nodeLink,
  uploadServer,
  type FolderForm,
} from '../actions/servers/downloads.js';
import { filesPanel } from '../actions/servers/files-panel.js';
import { copied, valueSource, type Sources } from '../base/feed-source.js';
import type { Network } from '../base/network-ports.js';
import { transferCalls } from '../transfers/calls.js';
import { fileTail } from '../transfers/file-tail.js';
import { NodeLinks } from '../transfers/node-links.js';
import { localTree } from '../transfers/local-tree.js';
import type { SftpDoor } from '../transfers/sftp-upload.js';
import { diskWith } from '../transfers/transfer-disk.js';
import { Transfers } from '../transfers/transfers.js';
import { holdsOnlyHere, unpackHere } from '../transfers/unpack-here.js';
import { UploadLimits } from '../transfers/upload-limits.js';
import { Uploads } from '../transfers/uploads.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';

export interface TransferModulesDeps
  extends Shared, Pick<FleetModules, 'fleet' | 'book' | 'trustOf' | 'mayBeUnencrypted'> {
  readonly network: Pick<Network, 'downloads' | 'uploads'>;
  readonly sftp: SftpDoor;
  readonly platform: NodeJS.Platform;
  /** Path of the script that writes large files in a thread; null = no thread. */
  readonly writeThread: string | null;
}

export type TransferModules = ReturnType<typeof transferModules>;

/** Builds the queue of downloads from nodes and uploads to them. */
export function transferModules(deps: TransferModulesDeps) {
  const { disk, network, book } = deps;
  const panelOf = (serverId: string) => filesPanel(deps, serverId);
  const limits = new UploadLimits(deps.clock);
  const links = new NodeLinks({
    ...deps,
    link: (source) => nodeLink(deps, source),
    downloads: (trust) => network.downloads(trust),
    uploads: (trust) => network.uploads(trust),
  });
  book.listen(() => links.recheck());
  const transfers = new Transfers({
    ...deps,
    kept: disk.transfers,
    disk: diskWith(deps.writeThread),
    panelOf,
    unpack: unpackHere(deps.platform),
    holdsOnly: holdsOnlyHere,
    localTree: (top) => localTree(top, deps.platform === 'win32'),
    limitOf: (serverId) => limits.of(serverId),
    download: (source, signal) => links.download(source, signal),
    upload: async (source, form, signal) => {
      const answer = await links.upload(source, form, signal);
      limits.heard(source.serverId, answer);
      return answer;
    },
    limit: () => disk.settings.current.transferLimit,
    newId: randomUUID,
  });
  return {
    transfers,
    uploads: new Uploads({
      clock: deps.clock,
      panelOf,
      limitOf: (serverId) => limits.of(serverId),
      hasSftp: (serverId) => deps.sftp.isOn(serverId),
      serverOf: (serverId) => uploadServer(deps, serverId),
      transfers,
    }),
    /** Request for the transfer of a backup. */
    backupToDownload: (serverId: string, backup: string) => backupToDownload(deps, serverId, backup),
    /** The last bytes of a file of a server; null = the file is too large. */
    tailOf: (file: { readonly serverId: string; readonly path: string }, most: number) =>
      fileTail((source, signal) => links.download(source, signal), file, most),
    /** Request for the transfer of a file or folder. */
    fileToDownload: (serverId: string, wanted: { readonly path: string; readonly as: FolderForm }) =>
      fileToDownload(deps, serverId, { ...wanted, hasSftp: deps.sftp.isOn(serverId) }),
    calls: transferCalls(transfers),
    sources: { transfers: valueSource(copied(transfers)) } satisfies Partial<Sources>,
  };
}

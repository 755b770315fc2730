import type { CallTable } from '../base/calls.js';
import type { Sources } from '../base/feed-source.js';
import type { Network } from '../base/network-ports.js';
import type { Vault } from '../base/ports.js';
import { fileModules } from './file-modules.js';
import type { FleetModules } from './fleet-modules.js';
import { reportModules } from './report-modules.js';
import { revisionModules } from './revision-modules.js';
import { sftpModules } from './sftp-modules.js';
import type { Shared } from './shared.js';
import { transferModules } from './transfer-modules.js';

export interface ServerFileModulesDeps
  extends Shared, Pick<FleetModules, 'fleet' | 'book' | 'trustOf' | 'mayBeUnencrypted'> {
  readonly network: Network;
  readonly vault: Vault;
  readonly platform: NodeJS.Platform;
  readonly dataFolder: string;
  /** Path of the script that writes large files in a thread; missing = no thread. */
  readonly writeThread?: string;
}

export type ServerFileModules = ReturnType<typeof serverFileModules>;

/**
 * Builds the parts that read and write the files of servers: SFTP, transfers, folders and texts, revisions, crash
 * reports.
 */
export function serverFileModules(deps: ServerFileModulesDeps) {
  const { sftp, ...aboutSftp } = sftpModules(deps);
  const aboutTransfers = transferModules({
    ...deps,
    sftp: sftp.door,
    writeThread: deps.writeThread ?? null,
  });
  const withAccounts = {
    ...deps,
    ...aboutTransfers,
    isKnown: (serverId: string): boolean =>
      deps.store.state.accounts.has(serverId.slice(0, serverId.indexOf('/'))),
  };
  const aboutFiles = fileModules(withAccounts);
  const aboutRevisions = revisionModules({ ...withAccounts, seenTexts: aboutFiles.seenTexts });
  const aboutReports = reportModules(withAccounts);
  const calls = {
    ...aboutSftp.calls,
    ...aboutTransfers.calls,
    ...aboutFiles.calls,
    ...aboutRevisions.calls,
    ...aboutReports.calls,
  } satisfies CallTable;
  const sources = {
    ...aboutTransfers.sources,
    ...aboutFiles.sources,
    ...aboutRevisions.sources,
  } satisfies Partial<Sources>;
  return {
    sftp,
    ...aboutTransfers,
    ...aboutFiles,
    ...aboutRevisions,
    ...aboutReports,
    calls,
    sources,
    stopRevisions: aboutRevisions.stop,
  };
}

/** Calls about downloads that need the desktop: a dialog for the file, and its folder in the file viewer. */
import { PerchError, newProblem } from '../../../bridge/errors.js';
import type { TransferOffer, WantedTransfer } from '../../../bridge/schema/transfers.js';
import { say, sentence } from '../../../messages/messages.js';
import type { CallTable } from '../../base/calls.js';
import { chooseTarget } from './choose-target.js';
import { openInViewer, type OpenInViewerDeps } from './open-in-viewer.js';
import type { SaveFileDeps } from './save-file.js';

export interface DownloadCallsDeps
  extends Pick<SaveFileDeps, 'dialog' | 'folder'>, Pick<OpenInViewerDeps, 'openPath'> {
  /** What a transfer needs to know, with a name for the file. Rejects with `PerchError`. */
  readonly backupToDownload: (serverId: string, backup: string) => Promise<TransferOffer>;
  readonly transfers: {
    add(wanted: WantedTransfer): Promise<string>;
    folderOf(id: string): string | null;
  };
}

export function downloadCalls(deps: DownloadCallsDeps) {
  const { backupToDownload, transfers, openPath } = deps;
  return {
    'backups.download': async ({ serverId, backup }) => {
      const { file, ...wanted } = await backupToDownload(serverId, backup);
      const target = await chooseTarget(deps, {
        title: say('transfers.save-title'),
        name: file,
        filter: { name: say('transfers.archives'), extensions: ['tar.gz', 'gz'] },
      });
      return { transfer: target === null ? null : await transfers.add({ ...wanted, target }) };
    },
    'transfers.show': async ({ transfer }) => {
      const folder = transfers.folderOf(transfer);
      if (folder === null) throw new PerchError(newProblem('not-found', sentence('transfers.unknown')));
      await openInViewer({ folder, openPath });
    },
  } satisfies CallTable;
}

/** Calls about downloads that need the desktop: a dialog for the file or the folder, and the folder in the file viewer. */
import type { Dialog } from 'electron';
import { PerchError, newProblem } from '../../../bridge/errors.js';
import type { TransferOffer, WantedTransfer } from '../../../bridge/schema/transfers.js';
import { say, sentence } from '../../../messages/messages.js';
import type { CallTable } from '../../base/calls.js';
import { chooseTarget } from './choose-target.js';
import { openInViewer, type OpenInViewerDeps } from './open-in-viewer.js';
import type { SaveFileDeps } from './save-file.js';

export interface DownloadCallsDeps extends Pick<SaveFileDeps, 'folder'>, Pick<OpenInViewerDeps, 'openPath'> {
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  /** Request for a transfer, with a name for the file. Rejects with `PerchError`. */
  readonly backupToDownload: (serverId: string, backup: string) => Promise<TransferOffer>;
  readonly fileToDownload: (
    serverId: string,
    wanted: { readonly path: string; readonly as: 'folder' | 'archive' },
  ) => Promise<TransferOffer>;
  readonly transfers: {
    add(wanted: WantedTransfer): Promise<string>;
    folderOf(id: string): string | null;
  };
}

export function downloadCalls(deps: DownloadCallsDeps) {
  const { backupToDownload, fileToDownload, transfers, openPath } = deps;
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
    'files.download': async ({ serverId, paths, as = 'folder' }) => {
      const offers: TransferOffer[] = [];
      for (const path of paths) offers.push(await fileToDownload(serverId, { path, as }));
      const placed = await placesFor(deps, offers);
      if (placed === null) return { transfers: null };
      const ids: string[] = [];
      for (const wanted of placed) ids.push(await transfers.add(wanted));
      return { transfers: ids };
    },
    'transfers.show': async ({ transfer }) => {
      const folder = transfers.folderOf(transfer);
      if (folder === null) throw new PerchError(newProblem('not-found', sentence('transfers.unknown')));
      await openInViewer({ folder, openPath });
    },
  } satisfies CallTable;
}

/** Asks where files shall go: one under a name, several or a folder into a folder. null = the user chose nothing. */
async function placesFor(
  deps: Pick<DownloadCallsDeps, 'dialog' | 'folder'>,
  offers: readonly TransferOffer[],
): Promise<WantedTransfer[] | null> {
  const [only] = offers;
  const isFolder = ({ source }: TransferOffer): boolean => source.kind === 'folder' && source.as === 'folder';
  if (only !== undefined && offers.length === 1 && !isFolder(only)) {
    const { file, ...wanted } = only;
    const isArchive = wanted.source.kind === 'folder';
    const title = say(isArchive ? 'transfers.save-archive-title' : 'transfers.save-file-title');
    const target = await chooseTarget(deps, { title, name: file });
    return target === null ? null : [{ ...wanted, target }];
  }
  const { canceled, filePaths } = await deps.dialog.showOpenDialog({
    title: offers.some(isFolder)
      ? say('transfers.save-folders-title')
      : say('transfers.save-files-title', { count: offers.length }),
    defaultPath: deps.folder,
    properties: ['openDirectory', 'createDirectory'],
  });
  const [folder] = filePaths;
  if (canceled || folder === undefined) return null;
  return offers.map(({ file, ...wanted }) => ({ ...wanted, target: { folder, file, ifTaken: 'number' } }));
}

/** Calls about copies of backups that need the desktop: dialogs, and folders in the file viewer. */
import type { Dialog } from 'electron';
import { say } from '../../../messages/messages.js';
import type { CallTable } from '../../base/calls.js';
import { openInViewer, type OpenInViewerDeps } from './open-in-viewer.js';

export interface CopyFileCallsDeps extends Pick<OpenInViewerDeps, 'openPath'> {
  readonly dialog: Pick<Dialog, 'showOpenDialog'>;
  /** Folder that the dialog shows first. */
  readonly folder: string;
  readonly copies: {
    setFolder(folder: string): Promise<void>;
    /** Of a server's copies, or of all. Rejects with `PerchError`. */
    folderOf(serverId: string | null): Promise<string>;
  };
}

export function copyFileCalls({ dialog, folder, openPath, copies }: CopyFileCallsDeps) {
  return {
    'copies.chooseFolder': async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog({
        title: say('copies.choose-title'),
        defaultPath: await copies.folderOf(null).catch(() => folder),
        properties: ['openDirectory', 'createDirectory'],
      });
      const [path] = filePaths;
      if (!canceled && path !== undefined) await copies.setFolder(path);
    },
    'copies.show': async ({ serverId }) =>
      openInViewer({ folder: await copies.folderOf(serverId), openPath }),
  } satisfies CallTable;
}

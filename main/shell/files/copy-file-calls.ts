/** Calls about copies of backups that need the desktop: dialogs, and folders in the file viewer. */
import { join, posix } from 'node:path';
import type { Dialog } from 'electron';
import { say } from '../../../messages/messages.js';
import type { CallTable } from '../../base/calls.js';
import { safeFileName } from '../../base/safe-file-name.js';
import { chooseTarget, type ChosenTarget } from './choose-target.js';
import { openInViewer, type OpenInViewerDeps } from './open-in-viewer.js';

export interface CopyFileCallsDeps extends Pick<OpenInViewerDeps, 'openPath'> {
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  /** Folder that the dialog shows first. */
  readonly folder: string;
  readonly copies: {
    setFolder(folder: string): Promise<void>;
    /** Of a server's copies, or of all. Rejects with `PerchError`. */
    folderOf(serverId: string | null): Promise<string>;
  };
  readonly copyContents: {
    /** Saves a file of a copy and returns its name in the folder. Rejects with `PerchError`. */
    save(of: { serverId: string; backup: string; path: string }, place: ChosenTarget): Promise<string>;
  };
}

export function copyFileCalls({ dialog, folder, openPath, copies, copyContents }: CopyFileCallsDeps) {
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
    'copies.saveFile': async (of) => {
      const other = say('transfers.backup-file');
      const target = await chooseTarget(
        { dialog, folder },
        {
          title: say('copies.save-title'),
          name: safeFileName(posix.basename(of.path), { ending: '', other }),
        },
      );
      if (target === null) return { path: null };
      return { path: join(target.folder, await copyContents.save(of, target)) };
    },
    'copies.show': async ({ serverId }) =>
      openInViewer({ folder: await copies.folderOf(serverId), openPath }),
  } satisfies CallTable;
}

import { join } from 'node:path';
import { app, dialog } from 'electron';
import type { Clock } from '../base/ports.js';
import type { MemoryFile } from '../disk/memory.js';
import { fileCalls, type FileCallsDeps } from './files/calls.js';
import { openWithProgram, openWithSystem } from './files/file-viewer.js';
import { copyFileCalls, type CopyFileCallsDeps } from './files/copy-file-calls.js';
import { downloadCalls, type DownloadCallsDeps } from './files/download-calls.js';
import { uploadCalls, type UploadCallsDeps } from './files/upload-calls.js';
import { openInViewer } from './files/open-in-viewer.js';
import { ownEditorCalls, type OwnEditorCallsDeps } from './files/own-editor-calls.js';
import type { AsPerson } from './start/file-mask.js';
import { databaseDesktopCalls, type DatabaseCallsDeps } from './system/database-calls.js';
import { Dialogs } from './system/dialogs.js';
import { systemCalls, type SystemCallsDeps } from './system/calls.js';
import { windowCalls, type WindowCallsDeps } from './windows/calls.js';
import { RecentServers } from './windows/recent-servers.js';

export interface DesktopCallsDeps
  extends
    Pick<WindowCallsDeps, 'windows' | 'interests' | 'failures'>,
    Pick<SystemCallsDeps, 'store' | 'autostart' | 'quit'>,
    DatabaseCallsDeps,
    Pick<FileCallsDeps, 'report' | 'exports'>,
    Pick<DownloadCallsDeps, 'backupToDownload' | 'fileToDownload' | 'transfers'>,
    Pick<UploadCallsDeps, 'uploads'>,
    Pick<CopyFileCallsDeps, 'copies' | 'copyContents'>,
    Pick<OwnEditorCallsDeps, 'ownEditor' | 'settings'> {
  readonly clipboard: SystemCallsDeps['clipboard'];
  readonly browser: SystemCallsDeps['browser'] & DatabaseCallsDeps['browser'];
  readonly clock: Clock;
  readonly memory: MemoryFile;
  readonly platform: NodeJS.Platform;
  readonly dataFolder: string;
  readonly isPortable: boolean;
  readonly asPerson: AsPerson;
  readonly hasTray: () => boolean;
  /** The first window has drawn its first picture. */
  readonly drawn: () => void;
}

/** Calls that the desktop carries out: windows, system and files. */
export function desktopCalls(deps: DesktopCallsDeps) {
  const { clock, platform, dataFolder, isPortable, hasTray } = deps;
  const openPath = (path: string): Promise<string> =>
    deps.asPerson(() => openWithSystem(path, { platform, clock }));
  const openFile = (path: string, program: string | null): Promise<string> =>
    program === null
      ? openPath(path)
      : deps.asPerson(() => openWithProgram(program, path, { platform, clock }));
  const files = {
    ...deps,
    dialog,
    openPath,
    get folder() {
      return app.getPath('downloads');
    },
    now: () => clock.wall(),
  };
  return {
    ...windowCalls({ ...deps, recent: new RecentServers(deps.memory), onDrawn: deps.drawn }),
    ...systemCalls({
      ...deps,
      info: () => ({ version: app.getVersion(), platform, hasTray: hasTray(), dataFolder, isPortable }),
      openLogs: () => openInViewer({ folder: join(dataFolder, 'logs'), openPath }),
    }),
    ...databaseDesktopCalls(deps),
    ...fileCalls(files),
    ...downloadCalls(files),
    ...uploadCalls({ ...files, ask: (question) => new Dialogs(dialog).ask(question) }),
    ...copyFileCalls(files),
    ...ownEditorCalls({ ...files, openFile }),
  };
}

/** Calls that open files of servers in other programs. */
import { access, constants, stat } from 'node:fs/promises';
import type { Dialog } from 'electron';
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { say, sentence } from '../../../messages/messages.js';
import type { CallTable } from '../../base/calls.js';

interface FileRef {
  readonly serverId: string;
  readonly path: string;
}

export interface OwnEditorCallsDeps {
  readonly dialog: Pick<Dialog, 'showOpenDialog'>;
  readonly platform: NodeJS.Platform;
  readonly settings: {
    readonly current: { readonly ownEditor: string | null };
    update(patch: { ownEditor: string | null }): Promise<unknown>;
  };
  readonly ownEditor: {
    /** As `OwnEditor.fetch`. */
    fetch(
      file: FileRef,
      how: { readonly isGiven: boolean },
    ): Promise<{ readonly path: string; readonly isNew: boolean }>;
    stopEditing(file: FileRef, how: { readonly discards: boolean }): Promise<void>;
  };
  /** Opens a file; `program` null = in the system's program for it. Resolves with the error message; empty = no error. */
  readonly openFile: (path: string, program: string | null) => Promise<string>;
}

/** Where the dialog for a program begins. */
const programFolders: Partial<Record<NodeJS.Platform, string>> = {
  linux: '/usr/bin',
  darwin: '/Applications',
  win32: 'C:\\',
};

export function ownEditorCalls({ dialog, platform, settings, ownEditor, openFile }: OwnEditorCallsDeps) {
  return {
    'ownEditor.open': async (file) => {
      const program = settings.current.ownEditor;
      const { path, isNew } = await ownEditor.fetch(file, { isGiven: program !== null });
      const failure = await openFile(path, program);
      if (failure === '') return;
      if (isNew) await ownEditor.stopEditing(file, { discards: false });
      throw new PerchError(newProblem('internal', sentence('own-editor.not-started')), {
        cause: new Error(failure),
      });
    },
    'ownEditor.chooseProgram': async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog({
        title: say('own-editor.program-title'),
        defaultPath: programFolders[platform] ?? '/',
        properties: ['openFile'],
        ...(platform === 'win32' ? { filters: [{ name: '.exe', extensions: ['exe'] }] } : {}),
      });
      const [path] = filePaths;
      if (canceled || path === undefined) return;
      if (!(await isProgram(path, platform))) {
        throw new PerchError(newProblem('invalid', sentence('own-editor.not-a-program')));
      }
      await settings.update({ ownEditor: path });
    },
    'ownEditor.forgetProgram': async () => {
      await settings.update({ ownEditor: null });
    },
  } satisfies CallTable;
}

/** Whether the system can start the file: a bundle on macOS, an `.exe` on Windows, a file with the right to run. */
async function isProgram(path: string, platform: NodeJS.Platform): Promise<boolean> {
  if (platform === 'win32') return path.toLowerCase().endsWith('.exe');
  if (platform === 'darwin' && path.endsWith('.app')) return true;
  return access(path, constants.X_OK).then(
    async () => (await stat(path)).isFile(),
    () => false,
  );
}

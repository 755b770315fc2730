import { resolve } from 'node:path';
import { folderOf, lastPart } from '../../bridge/files/file-paths.js';
import { say } from '../../messages/messages.js';
import type { FileAction } from '../verb-choices.js';
import { printJson, type Command } from './command.js';
import { editFile } from './edit-file.js';
import { fromRoot, listActions } from './file-lists.js';
import { missing, targetOf, tellProblems } from './local-files.js';

type Task = Parameters<Command>[0];
type Run = (task: Task, name: string, path: string, target: string | undefined) => Promise<void>;

/** `perch files ACTION NAME [PATH] [TARGET]`. */
export const files: Command = async (task) => {
  const [action, name = '', path = '', target] = task.args;
  if (path === '' && action !== 'ls') throw missing('PATH');
  await actions[action as FileAction](task, name, path, target);
};

const actions: Readonly<Record<FileAction, Run>> = {
  ...listActions,
  edit: editFile,
  get: async ({ perch, options, terminal }, name, path, target) => {
    const to = target === undefined ? { folder: null, file: null } : targetOf(target);
    const as = options['archive'] === true ? 'archive' : 'folder';
    const wanted = { name, path: fromRoot(path), as, ...to } as const;
    const got = await perch.ask('getFile', wanted, { onEvent: tellProblems(terminal) });
    if (options['json'] === true) return printJson(terminal, got);
    const { file, folder } = got.transfer;
    terminal.out(`${say('command-line.backup-downloaded', { file, folder })}\n`);
  },
  put: async ({ perch, options, terminal }, name, source, target) => {
    const path = fromRoot(target ?? '/');
    const isFolder = path.endsWith('/');
    const wanted = {
      name,
      source: resolve(source),
      folder: isFolder ? path.replace(/(?<=.)\/+$/, '') : folderOf(path),
      as: isFolder ? null : lastPart(path),
      replace: options['replace'] === true,
    };
    const put = await perch.ask('putFile', wanted, { onEvent: tellProblems(terminal) });
    if (options['json'] === true) return printJson(terminal, put);
    for (const { file, by } of put.transfers) {
      const id = by === 'sftp' ? 'command-line.file-uploaded-sftp' : 'command-line.file-uploaded';
      terminal.out(`${say(id, { file, folder: path })}\n`);
    }
  },
};

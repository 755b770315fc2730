import type { CallTable } from '../base/calls.js';
import type { FileChanges } from './file-changes.js';
import type { Folders } from './folders.js';

/** Calls about the files of servers. */
export function serverFileCalls(folders: Folders, changes: FileChanges) {
  return {
    'files.refresh': ({ serverId, path }) => folders.refresh(serverId, path),
    'files.createFolder': (input) => changes.createFolder(input),
    'files.create': (input) => changes.create(input),
    'files.move': (input) => changes.move(input),
    'files.copy': (input) => changes.copy(input),
    'files.copyTo': (input) => changes.copyTo(input),
    'files.delete': (input) => changes.delete(input),
    'files.chmod': (input) => changes.chmod(input),
    'files.pack': (input) => changes.pack(input),
    'files.unpack': (input) => changes.unpack(input),
    'files.pull': (input) => changes.pull(input),
  } satisfies CallTable;
}

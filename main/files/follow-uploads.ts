import { folderOf } from '../../bridge/files/file-paths.js';
import type { Transfer } from '../../bridge/schema/transfers.js';
import type { Folders } from './folders.js';

interface Transfers {
  listen(listener: (transfers: readonly Transfer[]) => void): () => void;
}

/** Reads a folder that a window shows again when a file has been uploaded into it. */
export function followUploads(transfers: Transfers, folders: Pick<Folders, 'changed'>): void {
  const done = new Set<string>();
  transfers.listen((all) => {
    for (const { id, state, source } of all) {
      if (state !== 'done' || source.kind !== 'upload' || done.has(id)) continue;
      done.add(id);
      folders.changed(source.serverId, [folderOf(source.path)]);
    }
  });
}

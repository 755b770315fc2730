import { folderOf, joined } from '../../bridge/files/file-paths.js';
import type { Transfer } from '../../bridge/schema/transfers.js';
import type { Folders } from './folders.js';

interface Transfers {
  listen(listener: (transfers: readonly Transfer[]) => void): () => void;
}

/** Reads a folder that a window shows again when files have been uploaded into it. */
export function followUploads(transfers: Transfers, folders: Pick<Folders, 'changed'>): void {
  let known: ReadonlySet<string> = new Set();
  transfers.listen((all) => {
    const done = all.filter(({ state, direction }) => state === 'done' && direction === 'up');
    const fresh = done.filter(({ id }) => !known.has(id));
    known = new Set(done.map(({ id }) => id));
    for (const { source } of fresh) {
      if (source.kind === 'upload') folders.changed(source.serverId, [folderOf(source.path)]);
      if (source.kind !== 'packed') continue;
      const { path, names } = source;
      folders.changed(source.serverId, [path, ...names.map((name) => joined(path, name))]);
    }
  });
}

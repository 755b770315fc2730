/**
 * Rows of the view of a copy: one folder, or the results of a search. Pure. An archive may have a path twice; the first
 * counts.
 */
import type { ArchivedFile } from '../../../../bridge/schema/backup-copies.js';
import { inTextOrder } from '../../../ui/text/in-text-order.js';

export interface CopyEntry {
  readonly key: string;
  readonly kind: 'folder' | 'file' | 'link';
  /** Text of the row: the name, or the path of a found file. */
  readonly name: string;
  /** From the server's folder; that of a folder ends with `/`. */
  readonly path: string;
  /** Of a folder: of all files in it. */
  readonly bytes: number;
}

/** The content of a folder, folders first. `folder` = '' or a path that ends with `/`. */
export function entriesIn(files: readonly ArchivedFile[], folder: string): CopyEntry[] {
  const folders = new Map<string, number>();
  const own = new Map<string, CopyEntry>();
  for (const file of files) {
    if (!file.path.startsWith(folder)) continue;
    const end = file.path.indexOf('/', folder.length);
    if (end === -1) addFile(own, file, file.path.slice(folder.length));
    else {
      const name = file.path.slice(folder.length, end);
      folders.set(name, (folders.get(name) ?? 0) + file.bytes);
    }
  }
  const above = [...folders].map(([name, bytes]): CopyEntry => {
    const path = `${folder}${name}/`;
    return { key: path, kind: 'folder', name, path, bytes };
  });
  return [...byName(above), ...byName([...own.values()])];
}

/** Files whose path has the text, in any case. */
export function entriesFound(files: readonly ArchivedFile[], text: string): CopyEntry[] {
  const wanted = text.toLowerCase();
  const found = new Map<string, CopyEntry>();
  for (const file of files) if (file.path.toLowerCase().includes(wanted)) addFile(found, file, file.path);
  return byName([...found.values()]);
}

/** The folder above. */
export function folderAbove(folder: string): string {
  return folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
}

function addFile(to: Map<string, CopyEntry>, { path, bytes, kind }: ArchivedFile, name: string): void {
  if (!to.has(path)) to.set(path, { key: path, kind, name, path, bytes });
}

function byName(entries: readonly CopyEntry[]): CopyEntry[] {
  return inTextOrder(entries, ({ name }) => name);
}

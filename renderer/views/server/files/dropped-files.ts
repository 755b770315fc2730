/** Files and folders of the desktop that a person drops onto the window. */
import type { ServerFile } from '../../../../bridge/schema/files.js';

/** A file or folder of this computer. Only the preload script learns its path. */
export interface DroppedEntry extends Pick<ServerFile, 'name' | 'kind'> {
  readonly file: File;
}

/** Whether a drag holds files of this computer, and not a row or a text of the page. */
export function holdsFiles(data: DataTransfer | null): data is DataTransfer {
  return data?.types.includes('Files') === true;
}

/** Must be called during the event: afterwards the browser empties the drag. */
export function droppedEntries({ items }: DataTransfer): DroppedEntry[] {
  return [...items].flatMap((item) => {
    const file = item.kind === 'file' ? item.getAsFile() : null;
    if (file === null) return [];
    const isFolder = item.webkitGetAsEntry()?.isDirectory === true;
    return [{ file, name: file.name, kind: isFolder ? 'folder' : 'file' } as const];
  });
}

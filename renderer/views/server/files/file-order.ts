/** Order and filter of the list of a folder. Pure. Folders stand before files. */
import type { ServerFile } from '../../../../bridge/schema/files.js';
import { inTextOrder } from '../../../ui/text/in-text-order.js';

export type FileColumn = 'name' | 'bytes' | 'modifiedAt' | 'mode';

export interface FileSort {
  readonly column: FileColumn;
  readonly isDown: boolean;
}

export const byName: FileSort = { column: 'name', isDown: false };

/** The order after a press on a column: the largest and the newest first, or the present order turned round. */
export function nextFileSort({ column, isDown }: FileSort, pressed: FileColumn): FileSort {
  if (column === pressed) return { column, isDown: !isDown };
  return { column: pressed, isDown: pressed === 'bytes' || pressed === 'modifiedAt' };
}

export function sortedFiles(files: readonly ServerFile[], { column, isDown }: FileSort): ServerFile[] {
  const named = inTextOrder(files, ({ name }) => name);
  const valueOf = valuesOf[column];
  // Equal values keep the order of their names.
  if (valueOf !== undefined) named.sort((one, other) => (valueOf(one) - valueOf(other)) * (isDown ? -1 : 1));
  else if (isDown) named.reverse();
  return [...named.filter(isFolder), ...named.filter((file) => !isFolder(file))];
}

/** Whether a file's name has the text, in any case; null without a text. */
export function nameFilter(text: string): ((file: Pick<ServerFile, 'name'>) => boolean) | null {
  const wanted = text.trim().toLowerCase();
  return wanted === '' ? null : ({ name }) => name.toLowerCase().includes(wanted);
}

const valuesOf: Partial<Record<FileColumn, (file: ServerFile) => number>> = {
  bytes: ({ bytes }) => bytes,
  modifiedAt: ({ modifiedAt }) => modifiedAt,
  mode: ({ mode }) => parseInt(mode, 8) || 0,
};

function isFolder({ kind }: ServerFile): boolean {
  return kind === 'folder';
}

import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Paths of everything below a folder, relative to the folder. Skips what programs remove meanwhile: Node's own recursive
 * read fails then. Throws if the folder itself is missing.
 */
export function pathsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return [entry.name];
    return [entry.name, ...below(join(folder, entry.name)).map((path) => join(entry.name, path))];
  });
}

/** Whether a path leads to a file now, not to a link, a socket or a pipe. */
export function isFileNow(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function below(folder: string): string[] {
  try {
    return pathsBelow(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

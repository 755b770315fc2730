import type { FoundFile, ServerFile } from '../../../bridge/schema/files.js';

/** The files without those whose name came before: a hostile panel may send a name twice. Pure. */
export function firstOfEachName(files: readonly ServerFile[]): ServerFile[] {
  return firstOfEach(files, ({ name }) => name);
}

/** The same for files of several folders. Pure. */
export function firstOfEachPath(files: readonly FoundFile[]): FoundFile[] {
  return firstOfEach(files, ({ path }) => path);
}

function firstOfEach<T>(files: readonly T[], keyOf: (file: T) => string): T[] {
  const keys = new Set<string>();
  return files.filter((file) => {
    const key = keyOf(file);
    const isNew = !keys.has(key);
    keys.add(key);
    return isNew;
  });
}

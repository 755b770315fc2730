import type { ServerFile } from '../../../bridge/schema/files.js';

/** The files without those whose name came before: a hostile panel may send a name twice. Pure. */
export function firstOfEachName(files: readonly ServerFile[]): ServerFile[] {
  const names = new Set<string>();
  return files.filter(({ name }) => {
    const isNew = !names.has(name);
    names.add(name);
    return isNew;
  });
}

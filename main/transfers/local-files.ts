/** Files on this computer that a person chose for an upload. */
import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';

export interface LocalFile {
  readonly folder: string;
  readonly file: string;
  /** Names of folders from the chosen one to the file, which the server gets as well. */
  readonly below: readonly string[];
  readonly bytes: number;
  readonly modifiedAt: number;
}

export interface LocalFiles {
  readonly files: readonly LocalFile[];
  /** Number of links, pipes and devices, which nobody follows. */
  readonly leftOut: number;
  /** True = there are more files than the limit; the walk ended there. */
  readonly isCut: boolean;
}

/** Depth limit of folders; no person makes deeper folders. */
const mostDeep = 64;

/** Walks through files and folders without following links. Rejects as Node does. */
export async function localFiles(sources: readonly string[], most: number): Promise<LocalFiles> {
  const files: LocalFile[] = [];
  let leftOut = 0;
  const visit = async (path: string, below: readonly string[]): Promise<void> => {
    if (files.length > most) return;
    const facts = await lstat(path);
    if (facts.isFile()) {
      const { size: bytes, mtimeMs } = facts;
      files.push({
        folder: dirname(path),
        file: basename(path),
        below,
        bytes,
        modifiedAt: Math.trunc(mtimeMs),
      });
    } else if (facts.isDirectory() && below.length < mostDeep) {
      for (const name of await readdir(path)) await visit(join(path, name), [...below, basename(path)]);
    } else leftOut += 1;
  };
  for (const source of sources) {
    if (!isAbsolute(source)) throw new Error('no whole path');
    await visit(source, []);
  }
  return { files: files.slice(0, most), leftOut, isCut: files.length > most };
}

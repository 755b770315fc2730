/** Archives of a server's folder as Wings makes them: a tar.gz of files and links, without folders. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import ignore from 'ignore';
import { extract, Pack } from 'tar';
import type { MadeBackup } from './api.js';

/** Files of an archive, by their paths below the server's folder, and the bytes of all together. */
interface Contents {
  files: string[];
  bytes: number;
}

/** A larger ignore file is not read. */
const largestIgnoreFile = 32 * 1024;

/** Patterns of the server's own ignore file; empty without that file. */
export async function ownPatterns(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  const found = await lstat(path).catch(() => null);
  if (found?.isFile() !== true || found.size > largestIgnoreFile) return '';
  return readFile(path, 'utf8');
}

/** Content of an archive with these patterns. A missing folder is empty. */
export async function contentsOf(folder: string, patterns: string): Promise<Contents> {
  const ignored = ignore().add(patterns);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const contents: Contents = { files: [], bytes: 0 };
  for (const entry of entries) {
    if (!entry.isFile() && !entry.isSymbolicLink()) continue;
    const file = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (ignored.ignores(file)) continue;
    const found = await lstat(join(folder, file)).catch(() => null);
    if (found === null) continue;
    contents.files.push(file);
    contents.bytes += found.size;
  }
  return contents;
}

/** Begins an archive, so that it can be deleted from now on. */
export function begin(archive: string): void {
  mkdirSync(dirname(archive), { recursive: true });
  writeFileSync(archive, '');
}

/** Writes the files into an archive that was begun; rejects if it is gone. */
export async function pack(folder: string, files: readonly string[], archive: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const packed = new Pack({ cwd: folder, gzip: { level: 1 }, noDirRecurse: true });
  for (const file of files) packed.add(file);
  packed.end();
  await pipeline(packed, createWriteStream(archive, { flags: 'r+' }));
}

/** Checksum and size of an archive; rejects if it is gone. */
export async function measured(archive: string): Promise<MadeBackup> {
  const hash = createHash('sha1');
  await pipeline(createReadStream(archive), hash);
  const { size } = await stat(archive);
  return { checksum: hash.digest('hex'), bytes: size };
}

/** Writes the files of an archive over those of a folder. Returns the bytes of all together. */
export async function unpack(
  archive: string,
  folder: string,
  restoring: (file: string) => void,
): Promise<number> {
  let bytes = 0;
  await mkdir(folder, { recursive: true });
  await extract({
    file: archive,
    cwd: folder,
    preserveOwner: false,
    onReadEntry: (entry) => {
      bytes += entry.size;
      restoring(entry.path);
    },
  });
  return bytes;
}

/** Removes all contents of a folder. */
export async function emptied(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  await Promise.all(names.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

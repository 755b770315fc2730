/** Archives in a server's folder (PROTOCOL 2.17.7, 2.17.8). */
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extract, list, Pack } from 'tar';
import { pack } from '../backups/archive.js';
import type { ArchiveWish } from './api.js';
import { askedFormat, isMissing, through, unpackingProgram, type ArchiveFormat } from './formats.js';
import { fileRefusals } from './refusals.js';
import { unzipOver, zippedPaths } from './unzip.js';
import { zip } from './zip.js';

/** Name of a new archive, such as `archive-2026-11-28T144305Z.tar.gz`. */
export function archiveName(wish: ArchiveWish, now: number): string {
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(':', '');
  return `${wish.name ?? `archive-${time}Z`}${askedFormat(wish.extension).ending}`;
}

/** Writes the files into an archive that was begun; rejects if it is gone. */
export async function packAs(
  { ending, program }: ArchiveFormat,
  folder: string,
  { files, archive }: { readonly files: readonly string[]; readonly archive: string },
): Promise<void> {
  if (ending === '.zip') return zip(folder, files, archive);
  if (program === null) return pack(folder, files, archive);
  const packed = new Pack({ cwd: folder, noDirRecurse: true });
  for (const file of files) packed.add(file);
  packed.end();
  await through(program, '-c', packed, createWriteStream(archive, { flags: 'r+' }));
}

/** Files below these names, by their paths from `root`, and the bytes of all together. */
export async function filesBelow(
  root: string,
  names: readonly string[],
): Promise<{ files: string[]; bytes: number; isComplete: boolean }> {
  const all = { files: [] as string[], bytes: 0, isComplete: true };
  for (const name of names) {
    const found = await lstat(join(root, name)).catch(() => null);
    if (found === null) {
      all.isComplete = false;
      continue;
    }
    if (!found.isDirectory()) {
      all.files.push(name);
      all.bytes += found.size;
      continue;
    }
    const inside = await readdir(join(root, name));
    const below = await filesBelow(
      root,
      inside.map((each) => posix.join(name, each)),
    );
    all.files.push(...below.files);
    all.bytes += below.bytes;
  }
  return all;
}

/**
 * Runs the work on the tar of an archive: the archive itself where the library unpacks its bytes, else a temporary file.
 * Rejects with `NodeRefusal` where this computer lacks the program that unpacks it.
 */
async function onTar<T>(place: string, work: (tar: string) => T | Promise<T>): Promise<T> {
  const program = unpackingProgram(place);
  if (program === null) return work(place);
  const aside = await mkdtemp(join(tmpdir(), 'archive-'));
  const tar = join(aside, 'archive.tar');
  try {
    await through(program, '-dc', createReadStream(place), createWriteStream(tar));
    return await work(tar);
  } catch (cause) {
    throw isMissing(cause) ? fileRefusals.format() : cause;
  } finally {
    await rm(aside, { recursive: true });
  }
}

/** Paths of the files in an archive. Rejects for a broken archive, and for another format. */
export async function archivedPaths(place: string): Promise<string[]> {
  if (!/\.(?:tar|tgz|gz|zip|bz2|tbz2|xz|txz|rar|7z)$/.test(place)) throw fileRefusals.format();
  if (place.endsWith('.zip')) return zippedPaths(place);
  if (await isEmptyArchive(place)) return [];
  const paths: string[] = [];
  await onTar(place, (file) => list({ file, strict: true, onReadEntry: ({ path }) => paths.push(path) }));
  return paths;
}

/** Whether an archive is empty; the library takes an empty archive for a broken one. */
async function isEmptyArchive(place: string): Promise<boolean> {
  const { size } = await lstat(place);
  if (size > 100 || !place.endsWith('.tar.gz')) return false;
  return gunzipSync(await readFile(place)).every((byte) => byte === 0);
}

/** Unpacks an archive over existing files. */
export async function unpackOver(place: string, folder: string): Promise<void> {
  if (place.endsWith('.zip')) return unzipOver(place, folder);
  await onTar(place, (file) => extract({ file, cwd: folder, preserveOwner: false, strict: true }));
}

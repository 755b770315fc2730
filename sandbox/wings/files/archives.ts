/** Archives in a server's folder (PROTOCOL 2.17.7, 2.17.8). */
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extract, list } from 'tar';
import type { ArchiveWish } from './api.js';
import { fileRefusals } from './refusals.js';
import { unzipOver, zippedPaths } from './unzip.js';

/** Name of a new archive, such as `archive-2026-11-28T144305Z.tar.gz`. */
export function archiveName(wish: ArchiveWish, now: number): string {
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(':', '');
  return `${wish.name ?? `archive-${time}Z`}.tar.gz`;
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

/** Paths of the files in an archive. Rejects for a broken one, and for one of another format. */
export async function archivedPaths(place: string): Promise<string[]> {
  if (!/\.(?:tar|tgz|gz|zip|bz2|xz|rar|7z)$/.test(place)) throw fileRefusals.format();
  if (place.endsWith('.zip')) return zippedPaths(place);
  if (await isEmptyArchive(place)) return [];
  const paths: string[] = [];
  await list({ file: place, strict: true, onReadEntry: ({ path }) => paths.push(path) });
  return paths;
}

/** Whether an archive is one of no files, which the library takes for a broken one. */
async function isEmptyArchive(place: string): Promise<boolean> {
  const { size } = await lstat(place);
  if (size > 100 || !place.endsWith('.tar.gz')) return false;
  return gunzipSync(await readFile(place)).every((byte) => byte === 0);
}

/** Unpacks an archive over what is there. */
export async function unpackOver(place: string, folder: string): Promise<void> {
  if (place.endsWith('.zip')) return unzipOver(place, folder);
  await extract({ file: place, cwd: folder, preserveOwner: false, strict: true });
}

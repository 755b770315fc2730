import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FileEntry } from './api.js';
import { mediaType } from './media-type.js';

/** Entries of a folder: files by name, backwards, then folders. Rejects for a file and a missing folder. */
export async function listFolder(place: string): Promise<FileEntry[]> {
  const names = await readdir(place);
  const entries = await Promise.all(names.map((name) => fileEntry(join(place, name))));
  return entries.toSorted((one, two) =>
    one.isFile === two.isFile ? (one.name < two.name ? 1 : -1) : one.isFile ? -1 : 1,
  );
}

/** One entry. Rejects for a missing file. */
export async function fileEntry(place: string): Promise<FileEntry> {
  const found = await lstat(place);
  const bits = found.mode & 0o777;
  return {
    name: basename(place),
    mode: `${letterOf(found)}${[6, 3, 0].map((shift) => rights(bits >> shift)).join('')}`,
    modeBits: bits.toString(8),
    size: found.size,
    isFile: !found.isDirectory(),
    mimetype: await mediaType(place, found),
    createdAt: found.ctime,
    modifiedAt: found.mtime,
  };
}

function letterOf(found: Stats): string {
  if (found.isDirectory()) return 'd';
  if (found.isSymbolicLink()) return 'L';
  if (found.isFIFO()) return 'p';
  return found.isSocket() ? 'S' : '-';
}

function rights(bits: number): string {
  return ['r', 'w', 'x'].map((letter, at) => ((bits & (4 >> at)) === 0 ? '-' : letter)).join('');
}

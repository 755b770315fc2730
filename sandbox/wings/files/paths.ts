import { lstat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { fileRefusals } from './refusals.js';

/** Longest part of a path, in bytes. */
const longestName = 255;

/** Whether the path leads out of the server's folder. */
export function leadsOut(path: string): boolean {
  return path.includes('\0') || posix.normalize(path.replace(/^\/+/, '')).startsWith('..');
}

/** Path from the server's folder, with a leading slash; `..` ends at that folder. */
export function pathBelow(...parts: readonly string[]): string {
  const path = posix.join('/', ...parts);
  if (path.includes('\0')) throw fileRefusals.unexpected();
  if (path.split('/').some((part) => Buffer.byteLength(part) > longestName)) throw fileRefusals.tooLong();
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** Place on this computer. Rejects if a folder on the way is a link. */
export async function placeOf(folder: string, path: string): Promise<string> {
  const parts = path.split('/').filter((part) => part !== '');
  let at = folder;
  for (const part of parts.slice(0, -1)) {
    at = join(at, part);
    const found = await lstat(at).catch(() => null);
    if (found?.isSymbolicLink() === true) throw fileRefusals.unexpected();
  }
  return join(folder, ...parts);
}

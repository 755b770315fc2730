/** Places of a server's files, for paths of an SFTP client. Nothing leads out of the folder (PROTOCOL 2.19.6). */
import type { Stats } from 'node:fs';
import { lstat, mkdir, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { pathBelow, placeOf } from '../files/paths.js';
import { sftpRefusals } from './refusals.js';

/** Place of a path; the server's folder is made if it is missing. A link at the end is not followed. */
export async function placeFor(folder: string, path: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return placeOf(folder, pathBelow(path));
}

/** Place of a file or folder that is no link. Rejects for a missing file. */
export async function unlinkedPlace(folder: string, path: string): Promise<{ place: string; found: Stats }> {
  const place = await placeFor(folder, path);
  const found = await lstat(place);
  if (found.isSymbolicLink()) throw sftpRefusals.failed();
  return { place, found };
}

/** Target of a path. A link is followed inside the server's folder only. */
export async function statInside(folder: string, path: string): Promise<Stats> {
  const place = await placeFor(folder, path);
  const found = await lstat(place);
  if (!found.isSymbolicLink()) return found;
  const [base, target] = await Promise.all([realpath(folder), realpath(place)]);
  if (target !== base && !target.startsWith(`${base}${sep}`)) throw sftpRefusals.failed();
  return stat(target);
}

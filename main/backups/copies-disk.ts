import { access, constants, lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupCopy, ServerCopies } from '../../bridge/schema/backup-copies.js';
import { systemDisk } from '../transfers/transfer-disk.js';
import { copiesFolder, copyNamed, isFolderOf, keptCopy } from './copies-names.js';

/** The folder of a server, below the folder that the user chose. */
export interface CopiesPlace {
  readonly root: string;
  readonly server: string;
  readonly key: string;
}

/** State of the user's folder; null = none chosen. */
export async function folderState(root: string | null): Promise<ServerCopies['folder']> {
  if (root === null) return 'none';
  try {
    await readdir(root);
  } catch {
    return 'away';
  }
  return access(root, constants.W_OK).then(
    () => 'ready',
    () => 'unwritable',
  );
}

/** The server's folder; null = there is none. Rejects if the user's folder can't be read. */
export async function findFolder({ root, key }: CopiesPlace): Promise<string | null> {
  const entries = await readdir(root, { withFileTypes: true });
  const found = entries.filter((entry) => entry.isDirectory() && isFolderOf(entry.name, key));
  const [first] = found.map(({ name }) => name).sort();
  return first === undefined ? null : join(root, first);
}

/**
 * As `findFolder`, and makes the folder if there is none. The user's own folder is never made: a disk that is not
 * connected would get a folder in its place.
 */
export async function openFolder(place: CopiesPlace): Promise<string> {
  const found = await findFolder(place);
  if (found !== null) return found;
  const made = join(place.root, copiesFolder(place.server, place.key));
  await mkdir(made, { mode: 0o700 });
  return made;
}

/**
 * Files with the name and the size of a copy, newest first; other files, links and folders do not count. Of two copies
 * of one backup only the copy that a person asked for counts.
 */
export async function copiesIn(folder: string): Promise<BackupCopy[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const named = entries.flatMap((entry) => (entry.isFile() ? (copyNamed(entry.name) ?? []) : []));
  const whole = await Promise.all(
    named.map(async (copy) => ({ copy, isWhole: await isWhole(folder, copy) })),
  );
  const copies = whole.filter((one) => one.isWhole).map(({ copy }) => copy);
  const kept = new Set(copies.filter(({ isKept }) => isKept).map(({ id }) => id));
  return copies
    .filter(({ id, isKept }) => isKept === true || !kept.has(id))
    .toSorted((one, other) => (one.file < other.file ? 1 : -1));
}

/** Deletes a copy that still has its size. False = the file is missing or differs. */
export async function removeCopy(folder: string, copy: BackupCopy): Promise<boolean> {
  if (copyNamed(copy.file) === null || !(await isWhole(folder, copy))) return false;
  await rm(join(folder, copy.file));
  return true;
}

/** Gives a copy the name of one that a person asked for. False = the name is taken. Rejects as the disk does. */
export async function keepCopy(folder: string, copy: BackupCopy): Promise<boolean> {
  const kept = keptCopy(copy);
  if (kept === null) return false;
  return systemDisk.place(join(folder, copy.file), join(folder, kept.file), { replaces: false });
}

async function isWhole(folder: string, { file, bytes }: BackupCopy): Promise<boolean> {
  const found = await lstat(join(folder, file)).catch(() => null);
  return found?.isFile() === true && found.size === bytes;
}

/** Whether a file, a folder or a link has this name. */
export async function isTaken(folder: string, file: string): Promise<boolean> {
  return (await lstat(join(folder, file)).catch(() => null)) !== null;
}

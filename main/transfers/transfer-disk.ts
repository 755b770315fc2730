import {
  constants,
  link,
  lstat,
  mkdir,
  open,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  type FileHandle,
} from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FileFacts, ReadFile, TransferDisk } from './disk-port.js';
import { localFiles } from './local-files.js';
import { ThreadedPart } from './threaded-part.js';

/** Disks without hard links (FAT, some network shares). */
const noLinks: ReadonlySet<string> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EINVAL',
]);

/**
 * Opening a named pipe would wait for a writer, and a link may have taken the place of a file. Windows has neither of
 * these flags.
 */
const reading = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** The disks of this computer. */
export const systemDisk: TransferDisk = diskWith(null);

/** The disks of this computer, with a thread for each large file. `script` = path of the built write-thread.ts. */
export function diskWith(script: string | null): TransferDisk {
  return {
    folder: async (path) => {
      const real = await realpath(path);
      if (!(await stat(real)).isDirectory()) throw Object.assign(new Error('no folder'), { code: 'ENOTDIR' });
      return real;
    },
    walk: localFiles,
    // `wx` also refuses a symbolic link that somebody laid there.
    create: async (path) => new ThreadedPart(await open(path, 'wx', 0o600), script),
    open: async (path) => readFile(await open(path, reading)),
    look,
    place: async (from, to, { replaces }) => {
      const isPlaced = replaces ? await rename(from, to).then(() => true) : await placeBeside(from, to);
      await syncFolder(dirname(to));
      return isPlaced;
    },
    placeFolder,
    remove: (path) => rm(path, { force: true }),
    removeFolder: (path) => rm(path, { force: true, recursive: true }),
  };
}

async function readFile(handle: FileHandle): Promise<ReadFile> {
  const before = await handle.stat();
  if (!before.isFile()) {
    await handle.close();
    throw Object.assign(new Error('no file'), { code: 'ENOENT' });
  }
  return {
    bytes: before.size,
    isSame: async () => {
      const { size, mtimeMs } = await handle.stat();
      return size === before.size && mtimeMs === before.mtimeMs;
    },
    read: async (into, from) => (await handle.read(into, { position: from })).bytesRead,
    close: () => handle.close(),
  };
}

async function look(path: string): Promise<FileFacts | null> {
  try {
    const { size, dev, ino } = await lstat(path, { bigint: true });
    return { bytes: Number(size), identity: `${dev}:${ino}` };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * A second name, then without the first: unlike `rename`, that never replaces a file that somebody put there a moment
 * ago.
 */
async function placeBeside(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!noLinks.has(codeOf(error))) throw error;
    if ((await look(to)) !== null) return false;
    await rename(from, to);
    return true;
  }
  await rm(from, { force: true });
  return true;
}

/**
 * An empty folder takes the name, and the whole one takes its place: unlike a renaming alone, that replaces no folder that
 * came in between.
 */
async function placeFolder(
  from: string,
  to: string,
  { mayBeEmpty }: { mayBeEmpty: boolean },
): Promise<boolean> {
  try {
    // Removes empty folders only.
    if (mayBeEmpty) await rmdir(to).catch(() => undefined);
    await mkdir(to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    await rename(from, to).catch(async (error: unknown) => {
      // Windows renames onto no folder, also not onto an empty one.
      if (!['EPERM', 'EEXIST', 'EACCES'].includes(codeOf(error))) throw error;
      await rmdir(to);
      await rename(from, to);
    });
  } catch (error) {
    await rmdir(to).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(to));
  return true;
}

/** The new name on the disk itself. Windows can't do this, and needs it not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

import { statfs } from 'node:fs/promises';

/** Bytes that stay free on the disk. */
const reserveBytes = 64 * 1_048_576;

/** Bytes that new files may take on the disk of a folder. Rejects as Node does. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Math.max(0, bavail * bsize - reserveBytes);
}

/** The error that Node gives for a full disk, here before files that would not fit. */
export const wouldBeFull = (): Error => Object.assign(new Error('the disk is full'), { code: 'ENOSPC' });

import { createHash } from 'node:crypto';
import { chmod, copyFile, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UpdateFailure } from './source.js';

/**
 * Replaces an executable file in one step.
 *
 * After any failure or power loss, the path holds the whole old file or the whole new file. electron-updater would
 * delete the old file before it moves the new file. The name stays the same, because menus, links and autostart use
 * it.
 *
 * `sums`: SHA-512 in base64. The new file must match one of them now, because the download may be old. Throws
 * `UpdateFailure`.
 */
export async function replaceImage(fresh: string, image: string, sums: readonly string[]): Promise<void> {
  if (!sums.includes(await sha512(fresh))) {
    await rm(fresh, { force: true });
    throw new UpdateFailure('checksum');
  }
  const beside = join(dirname(image), `.${basename(image)}.new`);
  try {
    // `rename` fails across disks; copy then.
    await rename(fresh, beside).catch(() => copyFile(fresh, beside));
    await chmod(beside, 0o755);
    await flush(beside);
    await rename(beside, image);
    await rm(fresh, { force: true });
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw new UpdateFailure('not-written', String(error), { cause: error });
  }
}

/** Writes the file to disk. Without it, a power loss after the rename can leave an empty file. */
async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sha512(file: string): Promise<string> {
  const hash = createHash('sha512');
  const handle = await open(file, 'r');
  try {
    for await (const part of handle.createReadStream({ autoClose: false })) hash.update(part as Buffer);
  } finally {
    await handle.close();
  }
  return hash.digest('base64');
}

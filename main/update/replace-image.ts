import { createHash } from 'node:crypto';
import { chmod, copyFile, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UpdateFailure } from './source.js';

/**
 * Puts a file in the place of another that is a program. Whatever happens on the way, and if the computer stops there,
 * one of the two is whole in that place: electron-updater's own way deletes the old one before it has moved the new one.
 * The name stays, whatever version is in it, because menus, links and the start of the session know it.
 *
 * `sums`: SHA-512 in base64, one of which it must have now, however long ago it was downloaded.
 */
export async function replaceImage(fresh: string, image: string, sums: readonly string[]): Promise<void> {
  if (!sums.includes(await sha512(fresh))) {
    await rm(fresh, { force: true });
    throw new UpdateFailure('checksum');
  }
  const beside = join(dirname(image), `.${basename(image)}.new`);
  try {
    // From another disk it can't be moved in one step.
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

/** Else a computer that stops now may find the name with nothing in it. */
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

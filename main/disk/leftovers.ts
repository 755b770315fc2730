import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../base/ports.js';

/**
 * Name of a temporary file, which a killed process leaves behind. Files are written under a numbered name and then
 * renamed.
 */
const leftover = /^[\da-z-]+\.json\.\d{1,10}$/;

/**
 * Deletes temporary files of earlier runs in a folder of Perch. Call it once, before this run writes anything; no other
 * run uses the folder at that time. Never rejects.
 */
export async function clearLeftovers(folder: string, log: Log): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => leftover.test(name));
  if (left.length > 0) log.info('disk.leftovers', { count: left.length });
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true }).catch(() => undefined)));
}

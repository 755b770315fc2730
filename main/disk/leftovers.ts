import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../base/ports.js';

/** A file is written beside its place under a name with a number, then moved there; who is killed meanwhile leaves it. */
const leftover = /^[a-z-]+\.json\.(\d{1,10})$/;

/**
 * Deletes what writes of earlier runs have left in the data folder. To be called once, before this run writes anything:
 * it is the only one on its folder. Never rejects.
 */
export async function clearLeftovers(folder: string, log: Log): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => leftover.test(name));
  if (left.length > 0) log.info('disk.leftovers', { count: left.length });
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true }).catch(() => undefined)));
}

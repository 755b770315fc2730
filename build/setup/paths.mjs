import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Build results: bundles and other contents of a package. */
export const out = join(root, 'out');

/** Cache of this checkout; may be deleted at any time. */
export const localCache = join(root, '.cache');

/** Cache of downloads that all checkouts of a user share. `PERCH_CACHE` moves it. */
export function userCache() {
  if (process.env.PERCH_CACHE) return process.env.PERCH_CACHE;
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'perch');
}

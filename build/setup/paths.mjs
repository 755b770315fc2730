import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What was built: the bundles and what else a package holds. */
export const out = join(root, 'out');

/** What belongs to this checkout only and may be deleted at any time. */
export const localCache = join(root, '.cache');

/** What several checkouts of one person share (downloads). `PERCH_CACHE` moves it. */
export function userCache() {
  if (process.env.PERCH_CACHE) return process.env.PERCH_CACHE;
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'perch');
}

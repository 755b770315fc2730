import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup/paths.mjs';

/**
 * Fingerprint of the files below `sources`. It changes when a file is changed, added or removed, and covers names,
 * sizes and times only, to be fast.
 *
 * @param {readonly string[]} sources files and folders, relative to the checkout
 */
export function fingerprint(sources) {
  const hash = createHash('sha256');
  for (const source of sources) add(hash, source);
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path
 */
function add(hash, path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat) return;
  if (stat.isDirectory()) {
    for (const name of readdirSync(join(root, path)).sort()) add(hash, `${path}/${name}`);
  } else if (!path.endsWith('.spec.ts')) {
    hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  }
}

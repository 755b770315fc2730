import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Lays out what a package installs, with rights that don't depend on whose checkout it comes from.
 *
 * @param {string} folder stands for the root of the system
 * @param {readonly { from: string, to: string }[]} files
 */
export function layOut(folder, files) {
  for (const { from, to } of files) {
    const target = join(folder, to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(from, target, { recursive: true, verbatimSymlinks: true });
  }
  chmodSync(folder, 0o755);
  for (const path of below(folder)) {
    const stat = lstatSync(path);
    if (stat.isDirectory() || (stat.isFile() && (stat.mode & 0o100) !== 0)) chmodSync(path, 0o755);
    else if (stat.isFile()) chmodSync(path, 0o644);
  }
}

/**
 * Everything below a folder, folders before what is in them.
 *
 * @param {string} folder
 * @returns {string[]} whole paths
 */
export function below(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => join(folder, name));
}

/**
 * @param {string} folder
 * @returns {string[]} whole paths of what is neither a folder nor a link
 */
export function filesBelow(folder) {
  return below(folder).filter((path) => lstatSync(path).isFile());
}

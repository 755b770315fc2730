import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Copies the files of a package, with permissions that do not depend on the checkout.
 *
 * @param {string} folder root of the installed tree
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
 * All entries below a folder, folders before their contents.
 *
 * @param {string} folder
 * @returns {string[]} absolute paths
 */
export function below(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => join(folder, name));
}

/**
 * @param {string} folder
 * @returns {string[]} absolute paths of regular files
 */
export function filesBelow(folder) {
  return below(folder).filter((path) => lstatSync(path).isFile());
}

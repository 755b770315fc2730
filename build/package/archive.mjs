import asar from '@electron/asar';
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * Everything in an archive, also what it says lies unpacked beside it. Of folders only the empty ones are named.
 *
 * @param {string} archive
 * @returns {string[]} paths with slashes, without one in front
 */
export function entriesOf(archive) {
  return ends(asar.listPackage(archive, { isPack: false }).map((entry) => slashes(entry).slice(1)));
}

/**
 * What of an archive lies unpacked beside it.
 *
 * @param {string} archive
 * @returns {string[]}
 */
export function unpackedOf(archive) {
  return entriesOf(archive).filter((entry) => 'unpacked' in asar.statFile(archive, native(entry)));
}

/**
 * Everything in a folder, in the same way.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export function entriesBelow(folder) {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  return ends(found.map((entry) => slashes(relative(folder, join(entry.parentPath, entry.name)))));
}

/**
 * What a file of an archive holds; nothing where it isn't there.
 *
 * @param {string} archive
 * @param {string} entry
 */
export function textIn(archive, entry) {
  try {
    return asar.extractFile(archive, native(entry)).toString('utf8');
  } catch {
    return '';
  }
}

/** @param {readonly string[]} entries */
function ends(entries) {
  const folders = new Set(entries.map((entry) => entry.slice(0, entry.lastIndexOf('/'))));
  return entries.filter((entry) => !folders.has(entry)).sort();
}

/** @param {string} entry */
function native(entry) {
  return entry.split('/').join(sep);
}

/** @param {string} path */
function slashes(path) {
  return path.split(sep).join('/');
}

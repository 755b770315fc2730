import asar from '@electron/asar';
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * All entries of an archive, including the unpacked ones beside it. Folders are listed only if empty.
 *
 * @param {string} archive
 * @returns {string[]} paths with slashes, without a leading slash
 */
export function entriesOf(archive) {
  return ends(asar.listPackage(archive, { isPack: false }).map((entry) => slashes(entry).slice(1)));
}

/**
 * Entries of an archive that lie unpacked beside it.
 *
 * @param {string} archive
 * @returns {string[]}
 */
export function unpackedOf(archive) {
  return entriesOf(archive).filter((entry) => 'unpacked' in asar.statFile(archive, native(entry)));
}

/**
 * All entries below a folder, in the form of `entriesOf`.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export function entriesBelow(folder) {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  return ends(found.map((entry) => slashes(relative(folder, join(entry.parentPath, entry.name)))));
}

/**
 * Text of a file in an archive; empty if it does not exist.
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

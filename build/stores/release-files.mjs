import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * A file that stores link to.
 *
 * @typedef {object} ReleaseFile
 * @property {string} url
 * @property {string} sha256
 */

/**
 * Release data for stores.
 *
 * @typedef {object} Release
 * @property {string} version
 * @property {string} day as `2026-01-31`
 * @property {string} description
 * @property {string} licence
 * @property {string} developer
 * @property {string} homepage
 * @property {string} downloads base address of all files
 * @property {Record<keyof typeof names, ReleaseFile>} files
 */

/** electron-builder.yml's names of the packages for stores. */
export const names = {
  debX64: 'perch-VERSION-amd64.deb',
  debArm64: 'perch-VERSION-arm64.deb',
  setup: 'Perch-VERSION-x64-setup.exe',
  zip: 'Perch-VERSION-x64.zip',
  dmg: 'Perch-VERSION-universal.dmg',
};

/**
 * Finds the packages of a release in a folder.
 *
 * @param {string} folder
 * @param {{ version: string, downloads: string }} release
 * @returns {Promise<{ files: Release['files'], missing: string[] }>} missing files have no checksum
 */
export async function releaseFiles(folder, { version, downloads }) {
  /** @type {string[]} */
  const missing = [];
  /** @param {string} pattern @returns {Promise<ReleaseFile>} */
  const about = async (pattern) => {
    const name = pattern.replace('VERSION', version);
    const file = join(folder, name);
    const isThere = existsSync(file);
    if (!isThere) missing.push(name);
    return { url: `${downloads}/${name}`, sha256: isThere ? await sha256(file) : '' };
  };
  const [debX64, debArm64, setup, zip, dmg] = await Promise.all([
    about(names.debX64),
    about(names.debArm64),
    about(names.setup),
    about(names.zip),
    about(names.dmg),
  ]);
  return { files: { debX64, debArm64, setup, zip, dmg }, missing };
}

/** @param {string} file */
async function sha256(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

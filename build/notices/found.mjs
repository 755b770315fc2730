import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { out } from '../setup/paths.mjs';

/**
 * A package whose code is shipped.
 *
 * @typedef {object} Found
 * @property {string} name
 * @property {string} version
 * @property {string} license name in its package.json, such as `MIT`; empty if missing
 * @property {string} licenseText text of its licence file; empty if missing
 */

/** Holds one file for each bundled part. */
export const licencesFolder = join(out, '.licences');

/** @param {string} part */
export function licencesFile(part) {
  return join(licencesFolder, `${part}.json`);
}

/**
 * Packages that the build recorded for a bundled part.
 *
 * @param {string} part
 * @returns {Found[]}
 */
export function licencesOf(part) {
  return /** @type {Found[]} */ (JSON.parse(readFileSync(licencesFile(part), 'utf8')));
}

/**
 * Adds to the packages of a part: a part with workers has several bundles.
 *
 * @param {string} part
 * @param {readonly Found[]} found
 */
export function addLicences(part, found) {
  const before = existsSync(licencesFile(part)) ? licencesOf(part) : [];
  mkdirSync(licencesFolder, { recursive: true });
  writeFileSync(licencesFile(part), `${JSON.stringify([...before, ...found], null, 1)}\n`);
}

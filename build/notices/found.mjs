import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { out } from '../setup/paths.mjs';

/**
 * A package whose code is in what people get.
 *
 * @typedef {object} Found
 * @property {string} name
 * @property {string} version
 * @property {string} license as its package.json names it, such as `MIT`; empty where it doesn't
 * @property {string} licenseText what its licence file holds; empty where it has none
 */

/** Holds one file for each bundled part. */
export const licencesFolder = join(out, '.licences');

/** @param {string} part */
export function licencesFile(part) {
  return join(licencesFolder, `${part}.json`);
}

/**
 * What was written down while a part was bundled.
 *
 * @param {string} part
 * @returns {Found[]}
 */
export function licencesOf(part) {
  return /** @type {Found[]} */ (JSON.parse(readFileSync(licencesFile(part), 'utf8')));
}

/**
 * Adds to what was written down of a part: one with workers is several bundles.
 *
 * @param {string} part
 * @param {readonly Found[]} found
 */
export function addLicences(part, found) {
  const before = existsSync(licencesFile(part)) ? licencesOf(part) : [];
  mkdirSync(licencesFolder, { recursive: true });
  writeFileSync(licencesFile(part), `${JSON.stringify([...before, ...found], null, 1)}\n`);
}

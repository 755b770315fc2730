import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { carriedOn, compiledInto } from '../native-modules.mjs';
import { SetupFailure } from '../setup/failure.mjs';
import { out, root } from '../setup/paths.mjs';
import { licencesOf } from './found.mjs';
import { moreTexts } from './more-texts.mjs';

/** @typedef {import('./found.mjs').Found} Found */

const bundled = ['main', 'preload', 'renderer', 'sandbox'];
const licenceFile = /^(licen[cs]e|copying)/i;
/** Shortest licence text; a shorter text only refers to a licence. */
const SHORTEST = 300;
const rule = '='.repeat(80);

const head = `Perch is made with the software below. Each piece is used under its own licence, which follows its name.
Electron, Chromium and Node.js, around which Perch is packaged, have theirs in files of their own that come with the
application: LICENSE.electron.txt and LICENSES.chromium.html.
`;

/** Writes the notices for all bundled packages and for those that a package for this system carries beside them. */
export function writeNotices() {
  const beside = [...carriedOn(process.platform), ...compiledInto(process.platform)];
  const found = [...bundled.flatMap(licencesOf), ...beside.map(fromNodeModules)];
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'THIRD-PARTY-NOTICES.txt'), noticesFor(found.map(withMoreTexts)));
}

/**
 * All packages that are shipped on any system, with their names in the registry.
 *
 * @returns {{ name: string, version: string }[]}
 */
export function shippedPackages() {
  // A package for macOS carries all packages of the other systems as well.
  const beside = [...carriedOn('darwin'), ...compiledInto('darwin'), 'electron'];
  return [...bundled.flatMap(licencesOf), ...beside.map(installed)];
}

/**
 * The text of the notices: each version of a package once.
 *
 * @param {readonly Found[]} found
 * @returns {string}
 */
export function noticesFor(found) {
  const named = new Map(found.map((entry) => [`${entry.name} ${entry.version}`, entry]));
  const silent = [...named].filter(([, { licenseText }]) => plain(licenseText).length < SHORTEST);
  if (silent.length > 0) {
    throw new SetupFailure(
      `There is no licence text for ${silent.map(([name]) => name).join(', ')}, which a package of Perch holds.`,
      'Put it into build/notices/texts and name it in build/notices/more-texts.mjs.',
    );
  }
  const parts = [...named]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([name, { license, licenseText }]) => `${rule}\n${name} (${license})\n${rule}\n\n${plain(licenseText)}`,
    );
  return [head, ...parts].join('\n');
}

/**
 * Packages that the notices do not name with a licence.
 *
 * @param {string} notices
 * @param {readonly string[]} names
 * @returns {string[]}
 */
export function lackingIn(notices, names) {
  const [, ...parts] = notices.split(`${rule}\n`);
  const titles = parts.filter((_, index) => index % 2 === 0 && (parts[index + 1] ?? '').length >= SHORTEST);
  const named = new Set(titles.map((title) => title.slice(0, title.indexOf(' '))));
  return names.filter((name) => !named.has(name));
}

/**
 * @param {string} name folder in node_modules
 * @returns {Found}
 */
function fromNodeModules(name) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = installed(name);
  const files = readdirSync(folder).filter((file) => licenceFile.test(file));
  return { name, version, license, licenseText: files.map((file) => textOf(join(folder, file))).join('\n') };
}

/**
 * @param {string} name folder in node_modules
 * @returns {Found}
 */
function installed(name) {
  return /** @type {Found} */ (
    JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))
  );
}

/**
 * @param {Found} entry
 * @returns {Found}
 */
function withMoreTexts(entry) {
  const texts = (moreTexts[entry.name] ?? []).map((file) => textOf(join(root, file)));
  return { ...entry, licenseText: [entry.licenseText, ...texts].join('\n\n') };
}

/** @param {string} file */
function textOf(file) {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new SetupFailure(
    `The licence text ${file} is not there.`,
    'Correct its place in build/notices/more-texts.mjs.',
  );
}

/** @param {string} text */
function plain(text) {
  const lines = text.replace(/\r\n?/g, '\n').trim().split('\n');
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

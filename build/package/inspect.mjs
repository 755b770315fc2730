import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { carriedOn, unbundled } from '../native-modules.mjs';
import { lackingIn } from '../notices/notices.mjs';
import { entriesBelow, entriesOf, textIn, unpackedOf } from './archive.mjs';
import { differences, electronLicences, inArchive, inResources } from './contents.mjs';
import { importedPackages } from './imports.mjs';

const beside = 'app.asar.unpacked/';

/**
 * Checks an unpacked package for Linux. Returns a sentence for each problem.
 *
 * @param {string} folder
 * @param {import('./contents.mjs').System} system
 * @returns {string[]}
 */
export function inspect(folder, system) {
  const archive = join(folder, 'resources', 'app.asar');
  const entries = entriesOf(archive);
  const resources = entriesBelow(join(folder, 'resources'));
  const unpacked = resources.filter((entry) => entry.startsWith(beside));
  const licences = readdirSync(folder).filter((name) => /licen[cs]e/i.test(name));
  return [
    ...differences(entries, inArchive(system), 'app.asar'),
    ...differences(
      unpacked.map((entry) => entry.slice(beside.length)),
      unpackedOf(archive),
      'app.asar.unpacked',
    ),
    ...differences(
      resources.filter((entry) => !unpacked.includes(entry)),
      inResources,
      'The folder of resources',
    ),
    ...differences(licences, electronLicences, 'The package'),
    ...withoutNotice(archive, entries, system),
  ];
}

/**
 * @param {string} archive
 * @param {readonly string[]} entries
 * @param {string} system
 */
function withoutNotice(archive, entries, system) {
  const carried = entries.map((entry) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(entry)?.[1] ?? '');
  const elsewhere = unbundled.filter((name) => !carriedOn(system).includes(name));
  const bundled = importedPackages().filter((name) => !elsewhere.includes(name));
  const names = new Set([...bundled, ...carried.filter((name) => name !== '')]);
  const notices = textIn(archive, 'out/THIRD-PARTY-NOTICES.txt');
  return lackingIn(notices, [...names]).map((name) => `The notices have no licence text for ${name}.`);
}

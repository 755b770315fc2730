import asar from '@electron/asar';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { carriedOn } from '../native-modules.mjs';
import { noticesFor } from '../notices/notices.mjs';
import { electronLicences, inArchive } from './contents.mjs';
import { importedPackages } from './imports.mjs';
import { inspect } from './inspect.mjs';

const system = 'linux-x64';
const NOTICES = 'out/THIRD-PARTY-NOTICES.txt';
const entries = inArchive(system).map((line) => line.replaceAll('*', 'some-name'));
const named = [...importedPackages().filter((name) => name !== 'keytar'), ...carriedOn(system)];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-package-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('looking into a package', () => {
  it('finds no fault in a right package', async () => {
    await makePackage();
    expect(inspect(folder, system)).toEqual([]);
  });

  it('names files that do not belong into the archive', async () => {
    await makePackage({ more: ['main/app.ts'] });
    expect(inspect(folder, system)).toEqual(['app.asar holds main/app.ts, which does not belong there.']);
  });

  it.each([
    [
      'resources/default_app.asar',
      'The folder of resources holds default_app.asar, which does not belong there.',
    ],
    ['resources/app.asar.unpacked/x.node', 'app.asar.unpacked holds x.node, which does not belong there.'],
  ])('names %s, which is not allowed', async (file, sentence) => {
    await makePackage();
    write(file, 'stray');
    expect(inspect(folder, system)).toEqual([sentence]);
  });

  it.each([
    ['LICENSES.chromium.html', 'The package lacks LICENSES.chromium.html.'],
    [`resources/app.asar.unpacked/${NOTICES}`, `app.asar.unpacked lacks ${NOTICES}.`],
  ])('reports the missing %s', async (file, sentence) => {
    await makePackage();
    rmSync(join(folder, file));
    expect(inspect(folder, system)).toContain(sentence);
  });

  it.each(['level-transcoder', '@xterm/xterm'])('reports the missing licence of %s', async (name) => {
    await makePackage({ notices: named.filter((other) => other !== name) });
    expect(inspect(folder, system)).toEqual([`The notices have no licence text for ${name}.`]);
  });
});

/** @param options additional content of the archive, and the packages named in the notices (default: all) */
async function makePackage({ more = [] as string[], notices = named } = {}) {
  for (const entry of [...entries, ...more]) write(`app/${entry}`, entry);
  write(`app/${NOTICES}`, noticesFor(notices.map(found)));
  for (const licence of electronLicences) write(licence, 'licence');
  mkdirSync(join(folder, 'resources'));
  await asar.createPackageWithOptions(join(folder, 'app'), join(folder, 'resources', 'app.asar'), {
    unpack: '{*.node,THIRD-PARTY-NOTICES.txt}',
  });
  rmSync(join(folder, 'app'), { recursive: true });
}

function found(name: string) {
  return { name, version: '1.0.0', license: 'MIT', licenseText: 'Permission is granted. '.repeat(20) };
}

function write(file: string, text: string) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

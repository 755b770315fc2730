import asar from '@electron/asar';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entriesBelow, entriesOf, textIn, unpackedOf } from './archive.mjs';

let folder = '';
const archive = () => join(folder, 'app.asar');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'perch-archive-'));
  const app = join(folder, 'app');
  for (const file of ['package.json', 'out/main/index.cjs', 'node_modules/keytar/keytar.node']) {
    mkdirSync(dirname(join(app, file)), { recursive: true });
    writeFileSync(join(app, file), `this is ${file}`);
  }
  mkdirSync(join(app, 'tests'));
  await asar.createPackageWithOptions(app, archive(), { unpack: '*.node' });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the list has every file of an archive, also unpacked files and empty folders', () => {
  expect(entriesOf(archive())).toEqual([
    'node_modules/keytar/keytar.node',
    'out/main/index.cjs',
    'package.json',
    'tests',
  ]);
  expect(unpackedOf(archive())).toEqual(['node_modules/keytar/keytar.node']);
});

it('a folder is listed in the same form', () => {
  expect(entriesBelow(join(folder, 'app'))).toEqual(entriesOf(archive()));
  expect(entriesBelow(join(folder, 'app.asar.unpacked'))).toEqual(unpackedOf(archive()));
});

it('a file of an archive can be read', () => {
  expect(textIn(archive(), 'out/main/index.cjs')).toBe('this is out/main/index.cjs');
  expect(textIn(archive(), 'LICENSE')).toBe('');
});

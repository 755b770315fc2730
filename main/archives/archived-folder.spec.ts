import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { holdsOnly } from './archived-folder.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let archive: string;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-archived-'));
  archive = join(folder, 'archive.tar.gz');
});
afterEach(() => removeFolder(folder));

const { signal } = new AbortController();
function withPaths(paths: readonly string[]): Buffer {
  const heads = paths.map((path) => {
    const block = Buffer.alloc(512);
    new Header({ path, size: 0, type: 'File', mode: 0o644, mtime: new Date(0) }).encode(block);
    return block;
  });
  return gzipSync(Buffer.concat([...heads, Buffer.alloc(1024)]));
}

it.each([
  [['world/level.dat', './world/region/r.0.0.mca'], true],
  [[], true],
  [['world/level.dat', 'plugins/a.jar'], false],
  [['worlds/level.dat'], false],
  [['world/../plugins/a.jar'], false],
])('an archive of %j holds only the folder: %s', async (paths, is) => {
  writeFileSync(archive, withPaths(paths));
  expect(await holdsOnly(archive, 'world', signal)).toBe(is);
});

it('a damaged archive does not', async () => {
  writeFileSync(archive, withPaths(['world/level.dat']).subarray(0, 40));
  expect(await holdsOnly(archive, 'world', signal)).toBe(false);
});

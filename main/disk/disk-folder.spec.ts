import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DiskFolder } from './disk-folder.js';

let root = '';
let folder: DiskFolder;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'perch-folder-'));
  folder = new DiskFolder(join(root, 'kept'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

it('writes files that only this user may read, and reads, lists and removes them', async () => {
  expect([await folder.read('a/b'), await folder.list('')]).toEqual([null, []]);
  await folder.write('a/b', Buffer.from('text'));
  expect(Buffer.from((await folder.read('a/b')) ?? [])).toEqual(Buffer.from('text'));
  const { mtimeMs } = await stat(join(root, 'kept/a/b'));
  expect(await folder.list('a')).toEqual([{ name: 'b', bytes: 4, modifiedAt: mtimeMs }]);
  if (process.platform !== 'win32') {
    expect((await stat(join(root, 'kept/a/b'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(root, 'kept/a'))).mode & 0o777).toBe(0o700);
  }
  await folder.remove('a');
  await folder.remove('a');
  expect(await folder.list('')).toEqual([]);
});

it('a file that is no file is an error, not a missing file', async () => {
  await folder.write('a/b', Buffer.from('text'));
  await expect(folder.read('a')).rejects.toThrow();
  await writeFile(join(root, 'kept/c'), '');
  await expect(folder.write('c/d', Buffer.from('x'))).rejects.toThrow();
});

it('gives an unusable file another name', async () => {
  for (const number of [1, 2]) {
    await folder.write('a/b', Buffer.from('text'));
    expect(await folder.setAside('a/b')).toBe(join(root, `kept/a/b.damaged-${number}`));
  }
  expect(await readdir(join(root, 'kept/a'))).toEqual(['b.damaged-1', 'b.damaged-2']);
});

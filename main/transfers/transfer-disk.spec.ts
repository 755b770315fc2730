import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemDisk } from './transfer-disk.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let folder: string;
beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'perch-transfer-disk-')))));
afterEach(() => removeFolder(folder));

const at = (name: string): string => join(folder, name);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function written(name: string, ...parts: string[]): Promise<string> {
  const part = await systemDisk.create(at(name));
  for (const text of parts) await part.write(bytes(text));
  await part.sync();
  await part.close();
  return at(name);
}

it('writes parts in order, readable by the person alone', async () => {
  const path = await written('.part', 'one ', '', 'two');
  expect(readFileSync(path, 'utf8')).toBe('one two');
  expect(statSync(path).mode & 0o077).toBe(0);
  expect(await systemDisk.look(path)).toMatchObject({ bytes: 7 });
});

it('gives a file its name, and leaves no other', async () => {
  const path = await written('.part', 'new');
  expect(await systemDisk.place(path, at('a.tar.gz'), { replaces: false })).toBe(true);
  expect(readdirSync(folder)).toEqual(['a.tar.gz']);
  expect(readFileSync(at('a.tar.gz'), 'utf8')).toBe('new');
});

it('replaces no file unasked, also not one behind a symbolic link', async () => {
  const path = await written('.part', 'new');
  writeFileSync(at('a'), 'old');
  symlinkSync(at('nothing'), at('b'));
  for (const name of ['a', 'b']) {
    expect(await systemDisk.place(path, at(name), { replaces: false })).toBe(false);
    expect(await systemDisk.look(at(name))).not.toBeNull();
  }
  expect(readFileSync(at('a'), 'utf8')).toBe('old');
  expect(readdirSync(folder).sort()).toEqual(['.part', 'a', 'b']);
});

it('replaces a file if the person agreed', async () => {
  writeFileSync(at('a'), 'old');
  expect(await systemDisk.place(await written('.part', 'new'), at('a'), { replaces: true })).toBe(true);
  expect(readFileSync(at('a'), 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['a']);
});

it('creates no file over an existing file or link', async () => {
  writeFileSync(at('a'), 'old');
  symlinkSync(at('elsewhere'), at('b'));
  for (const name of ['a', 'b'])
    await expect(systemDisk.create(at(name))).rejects.toMatchObject({ code: 'EEXIST' });
  expect(readdirSync(folder).sort()).toEqual(['a', 'b']);
});

it('follows a link to a folder, and refuses a file and a missing folder', async () => {
  mkdirSync(at('real'));
  symlinkSync(at('real'), at('link'));
  expect(await systemDisk.folder(at('link'))).toBe(at('real'));
  writeFileSync(at('file'), '');
  await expect(systemDisk.folder(at('file'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  await expect(systemDisk.folder(at('none'))).rejects.toMatchObject({ code: 'ENOENT' });
});

it('knows two names of one file, and a missing file', async () => {
  const path = await written('.part', 'x');
  linkSync(path, at('second'));
  writeFileSync(at('other'), 'x');
  const first = await systemDisk.look(path);
  expect(await systemDisk.look(at('second'))).toEqual(first);
  expect((await systemDisk.look(at('other')))?.identity).not.toBe(first?.identity);
  expect(await systemDisk.look(at('none'))).toBeNull();
});

it('removes a file, and does not mind that it is gone', async () => {
  const path = await written('.part', 'x');
  await systemDisk.remove(path);
  await systemDisk.remove(path);
  expect(readdirSync(folder)).toEqual([]);
});

it.skipIf(process.getuid?.() === 0)('says that a folder may not be written to', async () => {
  chmodSync(folder, 0o500);
  await expect(systemDisk.create(at('a'))).rejects.toMatchObject({ code: 'EACCES' });
  chmodSync(folder, 0o700);
});

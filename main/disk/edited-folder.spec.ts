import { mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { mostTextBytes } from '../../bridge/schema/texts.js';
import { EditedFolder } from './edited-folder.js';

const copy = { id: '00000000000000aa', name: 'a.yml' };
let root = '';
let folder: EditedFolder;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'perch-edited-'));
  folder = new EditedFolder(root);
  await folder.write(copy, Buffer.from('old'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

it('knows whether a program keeps other files beside a copy', async () => {
  expect(await folder.hasOthers(copy)).toBe(false);
  await writeFile(join(root, 'edited', copy.id, '.a.yml.swp'), 'unsaved');
  expect(await folder.hasOthers(copy)).toBe(true);
  await folder.remove(copy.id);
  expect(await folder.hasOthers(copy)).toBe(false);
});

it('never reads a copy that is larger than a panel shows', async () => {
  await truncate(folder.pathOf(copy), mostTextBytes);
  expect(await folder.read(copy)).toHaveLength(mostTextBytes);
  // More than Node.js reads at once: a reading of it would reject.
  await truncate(folder.pathOf(copy), 3 * 1024 ** 3);
  expect(await folder.read(copy)).toBe('too-large');
});

it.skipIf(process.platform === 'win32')(
  'follows a link instead of the copy, if it leads to a file',
  async () => {
    const elsewhere = join(root, 'elsewhere');
    await rename(folder.pathOf(copy), elsewhere);
    await symlink(elsewhere, folder.pathOf(copy));
    await writeFile(elsewhere, 'newer');
    expect(await folder.look(copy)).toMatchObject({ bytes: 5 });
    expect(Buffer.from((await folder.read(copy)) ?? [])).toEqual(Buffer.from('newer'));
    await rm(elsewhere);
    expect([await folder.look(copy), await folder.read(copy)]).toEqual([null, null]);
    await rm(folder.pathOf(copy));
    await symlink('/dev/zero', folder.pathOf(copy));
    expect([await folder.look(copy), await folder.read(copy)]).toEqual([null, null]);
  },
);

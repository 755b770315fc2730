import { mkdirSync, mkdtempSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copiesIn, findFolder, openFolder, removeCopy } from './copies-disk.js';
import { copyFile, copyNamed } from './copies-names.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'perch-copies-'));
});
afterEach(() => removeFolder(root));

const place = (server: string) => ({ root, server, key: '3fa9c1d2e4b5a697' });

function put(folder: string, id: string, bytes = 4, createdAt = 0): string {
  const file = copyFile({ id, createdAt, bytes }) ?? '';
  writeFileSync(join(folder, file), 'x'.repeat(bytes));
  return file;
}

describe('the folder of a server', () => {
  it('is made once, and found again under another name of the server', async () => {
    expect(await findFolder(place('Survival'))).toBeNull();
    const made = await openFolder(place('Survival'));
    expect(made).toBe(join(root, 'Survival 3fa9c1d2e4b5a697'));
    expect(await openFolder(place('Renamed'))).toBe(made);
    expect(readdirSync(root)).toHaveLength(1);
  });

  it('is not made if the disk is away, and never a link to elsewhere', async () => {
    await expect(openFolder({ ...place('Survival'), root: join(root, 'away') })).rejects.toThrow('ENOENT');
    mkdirSync(join(root, 'elsewhere'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'Survival 3fa9c1d2e4b5a697'));
    expect(await findFolder(place('Survival'))).toBeNull();
  });
});

describe('copies', () => {
  it('are regular files with the size in their name, newest first', async () => {
    const [older, newer] = [put(root, 'b1', 4, 1000), put(root, 'b2', 4, 2000)];
    truncateSync(join(root, put(root, 'cut')), 2);
    symlinkSync(join(root, newer), join(root, copyFile({ id: 'link', createdAt: 0, bytes: 4 }) ?? ''));
    mkdirSync(join(root, copyFile({ id: 'folder', createdAt: 0, bytes: 4 }) ?? ''));
    writeFileSync(join(root, 'notes.txt'), 'mine');
    expect((await copiesIn(root)).map(({ file }) => file)).toEqual([newer, older]);
  });

  it('count once if a person asked for one of two of the same backup', async () => {
    put(root, 'b1');
    const file = copyFile({ id: 'b1', createdAt: 0, bytes: 4, isKept: true }) ?? '';
    writeFileSync(join(root, file), 'xxxx');
    expect(await copiesIn(root)).toEqual([{ id: 'b1', createdAt: 0, bytes: 4, isKept: true, file }]);
  });

  it('are deleted only while they have their size', async () => {
    const file = put(root, 'b1');
    const [copy] = await copiesIn(root);
    truncateSync(join(root, file), 2);
    expect(copy !== undefined && (await removeCopy(root, copy))).toBe(false);
    expect(readdirSync(root)).toEqual([file]);
  });

  it('are all that is ever deleted, whatever lies beside them', async () => {
    const foreign = fc.oneof(
      fc.stringMatching(/^[\w .()-]{1,40}$/),
      fc.stringMatching(/^2026-1[0-9]-[0-3][0-9] [0-2][0-9]-00-00Z [a-f]{4} [0-9]{1,2}\.tar\.gz$/),
      fc.constantFrom('2026-11-28 04-00-05Z b1 4 (2).tar.gz', '2026-11-28 04-00-05Z b1 4.tar.gz.part'),
    );
    const files = fc.array(fc.record({ name: foreign, bytes: fc.nat(20) }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(files, async (all) => {
        const folder = mkdtempSync(join(root, 'f-'));
        const usable = all.filter(({ name }) => name.trim() === name && !/^\.+$/.test(name));
        for (const { name, bytes } of usable) writeFileSync(join(folder, name), 'x'.repeat(bytes));
        const own = put(folder, 'own');
        const before = readdirSync(folder);
        const sizes = new Map(usable.map(({ name, bytes }) => [name, bytes]));
        for (const copy of await copiesIn(folder)) await removeCopy(folder, copy);
        for (const name of before) {
          const isOwn = name === own || copyNamed(name)?.bytes === sizes.get(name);
          expect(readdirSync(folder).includes(name)).toBe(!isOwn);
        }
        const outside = { id: 'x', createdAt: 0, bytes: 4, file: `../${put(root, 'outside')}` };
        expect(await removeCopy(folder, outside)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});

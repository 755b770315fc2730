import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { extract } from 'tar';
import { expect, test } from 'vitest';
import { addedBytes, emptyBytes, storedArchive, storedBytes, type TarFile } from './stored-archive.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

interface Example extends TarFile {
  readonly content: Uint8Array;
}

const contentOf = (bytes: number): Uint8Array => Buffer.alloc(bytes, 'a file of a server, ');
const example = (path: string, bytes: number): Example => {
  const content = contentOf(bytes);
  return { path, bytes, content, modifiedAt: 1_700_000_000_000 };
};

/** The archive; its content comes in parts of this many bytes. */
async function packed(files: readonly Example[], step: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const archive = storedArchive(files, async function* ({ content }) {
    for (let at = 0; at < content.length; at += step)
      yield await Promise.resolve(content.subarray(at, at + step));
  });
  for await (const part of archive) parts.push(part);
  return Buffer.concat(parts);
}

/** Paths of files that another program unpacks as they were. */
async function unpacked(archive: Buffer, files: readonly Example[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'perch-stored-'));
  try {
    writeFileSync(join(folder, 'a.tar.gz'), archive);
    mkdirSync(join(folder, 'to'));
    await extract({ file: join(folder, 'a.tar.gz'), cwd: join(folder, 'to'), strict: true });
    const isSame = ({ path, content }: Example): boolean =>
      readFileSync(join(folder, 'to', path)).equals(content);
    return files.filter(isSame).map(({ path }) => path);
  } finally {
    await removeFolder(folder);
  }
}

test('another program reads the same files, and the length was known before', async () => {
  const name = fc.stringMatching(/^[a-zäß木]{1,60}$/u);
  const files = fc.uniqueArray(fc.tuple(name, name, fc.nat(200_000)), {
    selector: ([folder, file]) => `${folder}/${file}`,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(files, fc.integer({ min: 1000, max: 300_000 }), async (wanted, step) => {
      // A folder is no file of the same name.
      const given = wanted.map(([folder, file, bytes]) => example(`d${folder}/${file}`, bytes));
      const archive = await packed(given, step);
      expect(archive).toHaveLength(storedBytes(given));
      if (given.length === 0) return;
      expect(await unpacked(archive, given)).toEqual(given.map(({ path }) => path));
    }),
    { numRuns: 20, seed: 7 },
  );
});

test('long paths keep their names', async () => {
  const files = [example(`${'folder-'.repeat(12)}/${'x'.repeat(240)}.txt`, 5), example('a.txt', 0)];
  expect(await unpacked(await packed(files, 10), files)).toEqual(files.map(({ path }) => path));
});

test('a file adds its announced length at most', () => {
  for (const bytes of [0, 1, 511, 512, 65_534, 65_535, 65_536, 1_000_000]) {
    const file = example('a', bytes);
    expect(storedBytes([file]) - emptyBytes).toBeLessThanOrEqual(addedBytes(file));
  }
});

test('a file that becomes shorter ends the archive with an error', async () => {
  const file = { ...example('a.txt', 100), content: contentOf(50) };
  await expect(packed([file], 10)).rejects.toThrow('another length');
});

import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openFile } from './open-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perch-open-'));
});
afterEach(() => rm(folder, { recursive: true }));

const choosing = (...filePaths: string[]) =>
  openFile(
    {
      dialog: { showOpenDialog: () => Promise.resolve({ canceled: filePaths.length === 0, filePaths }) },
      folder,
    },
    { title: 'Choose', filter: { name: 'JSON', extensions: ['json'] }, mostBytes: 100 },
  );

it('the chosen file is read, and null is returned without a choice', async () => {
  const path = join(folder, 'a.json');
  await writeFile(path, '\uFEFF{"ä":1}');
  expect(await choosing(path)).toBe('{"ä":1}');
  expect(await choosing()).toBeNull();
});

it.each<[string, () => Promise<string>, string]>([
  [
    'one that is larger',
    async () => (await writeFile(join(folder, 'b'), 'x'.repeat(101)), join(folder, 'b')),
    'too-large',
  ],
  ['one that is gone', () => Promise.resolve(join(folder, 'none')), 'not-read'],
  ['a folder', () => Promise.resolve(folder), 'not-read'],
  [
    'a pipe that nobody writes into, without waiting',
    () => (execFileSync('mkfifo', [join(folder, 'pipe')]), Promise.resolve(join(folder, 'pipe'))),
    'not-read',
  ],
  ['a device without an end', () => Promise.resolve('/dev/zero'), 'not-read'],
])('%s is refused', async (_what, make, why) => {
  await expect(choosing(await make())).rejects.toMatchObject({
    problem: { message: { id: `desktop.${why}` } },
  });
});

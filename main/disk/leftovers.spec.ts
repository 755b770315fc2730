import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeLog } from '../../tests/support/fake-log.js';
import { clearLeftovers } from './leftovers.js';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'perch-leftovers-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

it('files of killed writes are deleted, and no others', async () => {
  const kept = [
    'accounts.json',
    'accounts.json.damaged-0123456789abcdef',
    'accounts.json.unreadable-1',
    'settings.json',
    'notes.12345',
  ];
  const left = ['accounts.json.1842012712', 'settings.json.7', 'last-known.json.4294967295'];
  for (const name of [...kept, ...left]) await writeFile(join(folder, name), '');
  const log = new FakeLog();
  await clearLeftovers(folder, log);
  expect((await readdir(folder)).toSorted()).toEqual(kept.toSorted());
  expect(log.text).toContain('disk.leftovers');
});

it('a missing folder is no error', async () => {
  await expect(clearLeftovers(join(folder, 'none'), new FakeLog())).resolves.toBeUndefined();
});

import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TransferRecord } from '../../bridge/schema/transfers.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { TransfersFile } from './transfers-file.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'perch-transfers-'))));
afterEach(() => removeFolder(folder));

const setAside = vi.fn();
const open = (): TransfersFile => new TransfersFile(folder, new FakeLog(), setAside);
const file = (): string => join(folder, 'transfers.json');

const record: TransferRecord = {
  id: '22222222-2222-4222-8222-222222222222',
  source: { kind: 'backup', serverId: 'home/1', backup: '33333333-3333-4333-8333-333333333333' },
  label: 'Nightly',
  panel: 'home',
  node: 'home/Node 1',
  folder: '/home/olive/Downloads',
  file: 'Nightly.tar.gz',
  ifTaken: 'number',
  size: 40,
  sha1: 'a'.repeat(40),
  addedAt: 5,
  stage: 'waiting',
  placed: null,
  mismatches: 0,
  problem: null,
};

it('returns the saved transfers, in a file that only the person can read', async () => {
  expect(await open().load()).toEqual([]);
  await open().save([record]);
  expect(await open().load()).toEqual([record]);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

it('keeps no field that is not known, such as an address', async () => {
  await open().save([record]);
  writeFileSync(
    file(),
    readFileSync(file(), 'utf8').replace('"label":', '"url":"https://node/?token=x","label":'),
  );
  expect(JSON.stringify(await open().load())).not.toContain('token');
});

it.each([
  ['damaged', '{"version":1,"transfers":[{}]}'],
  [
    'with a name that leads elsewhere',
    JSON.stringify({ version: 1, transfers: [{ ...record, file: '../x' }] }),
  ],
  ['of a newer Perch', '{"version":2,"transfers":{}}'],
])('sets a file aside that is %s, and starts again', async (_what, text) => {
  writeFileSync(file(), text);
  expect(await open().load()).toEqual([]);
  expect(readdirSync(folder)).toEqual([expect.stringContaining('.damaged-')]);
  expect(setAside).toHaveBeenCalled();
  setAside.mockClear();
});

import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WantedTransfer } from '../../bridge/schema/transfers.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeServerFiles } from '../../tests/support/fake-server-files.js';
import { Uploads } from './uploads.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let here: string;
let server: FakeServerFiles;
let added: WantedTransfer[];
let uploads: Uploads;
let hasSftp: boolean;
/** Limit in MB that the node has told; null = none. */
let limit: number | null;
beforeEach(() => {
  hasSftp = false;
  limit = 1;
  here = mkdtempSync(join(tmpdir(), 'perch-uploads-'));
  server = new FakeServerFiles();
  added = [];
  uploads = new Uploads({
    clock: new FakeClock(),
    panelOf: server.panelOf(() => Promise.resolve()),
    limitOf: () => limit,
    hasSftp: () => hasSftp,
    serverOf: () => ({ panel: 'home', node: 'home/1' }),
    transfers: {
      add: (wanted) => {
        added.push(wanted);
        return Promise.resolve(`t${added.length}`);
      },
    },
  });
});
afterEach(() => removeFolder(here));

function lay(path: string, content = 'x'): string {
  const whole = join(here, path);
  mkdirSync(join(whole, '..'), { recursive: true });
  writeFileSync(whole, content);
  return whole;
}

const plan = (sources: readonly string[], folder = '/plugins', as: string | null = null) =>
  uploads.plan('home/1', { folder, sources, as });
const refusal = (words: string) => ({ problem: { message: { id: words } } });

it('a file goes into the folder, with its size, and replaces nothing unasked', async () => {
  const source = lay('a.jar', 'twelve bytes');
  expect(await uploads.begin(await plan([source]))).toEqual(['t1']);
  expect(added).toEqual([
    {
      panel: 'home',
      node: 'home/1',
      source: { kind: 'upload', serverId: 'home/1', path: '/plugins/a.jar' },
      label: 'a.jar',
      size: 12,
      sha1: null,
      target: { folder: here, file: 'a.jar', ifTaken: 'refuse' },
    },
  ]);
});

it('a folder brings its own folders, and its links are left out', async () => {
  lay('mods/a.jar');
  lay('mods/config/b.yml');
  symlinkSync('/etc/passwd', join(here, 'mods/link'));
  symlinkSync('/etc', join(here, 'mods/config/folder'));
  const { wanted, leftOut } = await plan([join(here, 'mods')]);
  expect(wanted.map(({ source }) => 'path' in source && source.path).sort()).toEqual([
    '/plugins/mods/a.jar',
    '/plugins/mods/config/b.yml',
  ]);
  expect(leftOut).toBe(2);
});

it('files to replace are named with both sizes, and replaced only after consent', async () => {
  server.folders.add('/plugins').add('/plugins/mods');
  server.files.set('/plugins/mods/a.jar', new Uint8Array(5));
  lay('mods/a.jar', 'abc');
  lay('mods/b.jar');
  const { taken, wanted } = await plan([join(here, 'mods')]);
  expect(taken).toMatchObject([{ path: '/plugins/mods/a.jar', there: { bytes: 5 }, mine: { bytes: 3 } }]);
  expect(wanted.map(({ target }) => [target.file, target.ifTaken])).toEqual([
    ['a.jar', 'replace'],
    ['b.jar', 'refuse'],
  ]);
});

it('a single file gets another name, or goes into the folder that has that name', async () => {
  const source = lay('a.jar');
  const named = await plan([source], '/', 'b.jar');
  expect(named.wanted[0]?.source).toMatchObject({ path: '/b.jar' });
  server.folders.add('/b.jar');
  const inside = await plan([source], '/', 'b.jar');
  expect(inside.wanted[0]?.source).toMatchObject({ path: '/b.jar/a.jar' });
});

it('more than fifty files go in archives, one transfer for each folder here that has some of them', async () => {
  server.folders.add('/plugins').add('/plugins/many').add('/plugins/many/b');
  server.files.set('/plugins/many/b/1.txt', new Uint8Array(5));
  for (let at = 0; at < 51; at++) lay(`many/${at % 2 === 0 ? 'a' : 'b'}/${at}.txt`);
  const { wanted, taken } = await plan([join(here, 'many'), lay('elsewhere/c.txt')]);
  expect(taken).toMatchObject([{ path: '/plugins/many/b/1.txt', there: { bytes: 5 }, mine: { bytes: 1 } }]);
  expect(wanted).toMatchObject([
    {
      source: { kind: 'packed', path: '/plugins', names: ['many'], replaced: ['/plugins/many/b/1.txt'] },
      size: 51,
      target: { folder: here, file: 'many', ifTaken: 'replace' },
    },
    { source: { kind: 'packed', names: ['c.txt'], replaced: [] }, size: 1, target: { ifTaken: 'refuse' } },
  ]);
});

it('a file of the server instead of a folder, and a folder instead of a file, are refused', async () => {
  for (let at = 0; at < 51; at++) lay(`many/a/${at}.txt`);
  server.folders.add('/plugins').add('/plugins/many');
  server.files.set('/plugins/many/a', new Uint8Array(5));
  await expect(plan([join(here, 'many')])).rejects.toMatchObject(refusal('uploads.is-file'));
  server.files.clear();
  server.folders.add('/plugins/many/a').add('/plugins/many/a/5.txt');
  await expect(plan([join(here, 'many')])).rejects.toMatchObject(refusal('uploads.is-folder'));
});

it('archives need the permission to remove them', async () => {
  for (let at = 0; at < 51; at++) lay(`many/${at}.txt`);
  server.lacking.add('file.delete');
  await expect(plan([join(here, 'many')])).rejects.toMatchObject({ problem: { code: 'forbidden' } });
});

it('too many files are refused, and so is an empty choice', async () => {
  mkdirSync(join(here, 'many'));
  for (let at = 0; at < 20_001; at++) writeFileSync(join(here, `many/${at}`), '');
  mkdirSync(join(here, 'empty'));
  symlinkSync('/etc/passwd', join(here, 'link'));
  await expect(plan([join(here, 'many')])).rejects.toMatchObject(refusal('uploads.too-many'));
  await expect(plan([join(here, 'empty')])).rejects.toMatchObject(refusal('uploads.nothing'));
  await expect(plan([join(here, 'link')])).rejects.toMatchObject(refusal('uploads.nothing'));
});

it('a file above the limit that the node has told is refused before a request', async () => {
  await expect(plan([lay('a', 'x'.repeat(1_048_577))])).rejects.toMatchObject(refusal('transfers.too-large'));
  expect((await plan([lay('a', 'x'.repeat(1_048_576))])).wanted).toHaveLength(1);
});

it('a file above the limit goes over SFTP if Perch has a key, and files below do not', async () => {
  hasSftp = true;
  const { wanted } = await plan([lay('a', 'x'.repeat(1_048_577)), lay('b', 'x')]);
  expect(wanted.map(({ label, by }) => [label, by])).toEqual([
    ['a', 'sftp'],
    ['b', undefined],
  ]);
});

it('while the node has told no limit, a file above the usual one goes over SFTP at once', async () => {
  limit = null;
  const files = [lay('usual'), lay('above')];
  truncateSync(join(here, 'usual'), 100 * 1_048_576);
  truncateSync(join(here, 'above'), 100 * 1_048_576 + 1);
  const ways = async (): Promise<unknown> => (await plan(files)).wanted.map(({ by }) => by);
  expect(await ways()).toEqual([undefined, undefined]);
  hasSftp = true;
  expect(await ways()).toEqual([undefined, 'sftp']);
  // The node may take more than usual, and SFTP takes nothing from this account.
  server.lacking.add('file.update');
  expect(await ways()).toEqual([undefined, undefined]);
});

it.each(['file.update', 'file.delete'])(
  'a file above the limit is refused without %s',
  async (permission) => {
    hasSftp = true;
    server.lacking.add(permission);
    await expect(plan([lay('a', 'x'.repeat(1_048_577))])).rejects.toMatchObject(
      refusal('transfers.unhidden'),
    );
    expect((await plan([lay('b')])).wanted).toHaveLength(1);
  },
);

it.each(['file.update', 'file.delete'])('many files do not go over SFTP without %s', async (permission) => {
  hasSftp = true;
  for (let at = 0; at < 51; at++) lay(`many/${at}.txt`);
  lay('many/large', 'x'.repeat(1_048_577));
  expect((await plan([join(here, 'many')])).wanted).toMatchObject([{ by: 'sftp' }]);
  server.lacking.add(permission);
  await expect(plan([join(here, 'many')])).rejects.toMatchObject({ problem: { code: 'forbidden' } });
});

it('a folder of the server is not replaced, and no name is taken twice', async () => {
  server.folders.add('/plugins').add('/plugins/a');
  await expect(plan([lay('a')])).rejects.toMatchObject(refusal('uploads.is-folder'));
  await expect(plan([lay('one/b'), lay('two/b')])).rejects.toMatchObject(refusal('uploads.twice'));
});

it('a name that panels cut, and a file that is not there, are refused', async () => {
  await expect(plan([lay('ends with a space ')])).rejects.toMatchObject(refusal('uploads.odd-name'));
  await expect(plan([join(here, 'gone')])).rejects.toMatchObject(refusal('uploads.not-read'));
  await expect(plan(['package.json'])).rejects.toMatchObject(refusal('uploads.not-read'));
});

it('no folder is read without the permission', async () => {
  server.lacking.add('file.create');
  await expect(plan([join(here, 'gone')])).rejects.toMatchObject({ problem: { code: 'forbidden' } });
});

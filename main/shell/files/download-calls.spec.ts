import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SaveDialogOptions } from 'electron';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TransferOffer, WantedTransfer } from '../../../bridge/schema/transfers.js';
import { downloadCalls } from './download-calls.js';
import { removeFolder } from '../../../tests/support/remove-folder.js';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'perch-download-'))));
afterEach(() => removeFolder(folder));

const offer: TransferOffer = {
  source: { kind: 'backup', serverId: 'home/1', backup: 'b' },
  label: 'Nightly',
  panel: 'home',
  node: 'home/1',
  size: 10,
  sha1: null,
  file: 'Survival Nightly.tar.gz',
};

const folderOffer = (path: string, as: 'folder' | 'archive'): TransferOffer => ({
  ...offer,
  source: { kind: 'folder', serverId: 'home/1', path, as },
  size: null,
  file: as === 'archive' ? `${path.slice(1)}.tar.gz` : path.slice(1),
});
const fileOffer = (path: string): TransferOffer => ({
  ...offer,
  source: { kind: 'file', serverId: 'home/1', path },
  file: path.slice(1),
});

function setUp(chosen: string | null) {
  const added: WantedTransfer[] = [];
  const asked: SaveDialogOptions[] = [];
  const openPath = vi.fn((_path: string) => Promise.resolve(''));
  const calls = downloadCalls({
    dialog: {
      showSaveDialog: (options: unknown) => {
        asked.push(options as SaveDialogOptions);
        return Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' });
      },
      showOpenDialog: () =>
        Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] }),
    },
    folder,
    openPath,
    backupToDownload: () => Promise.resolve(offer),
    fileToDownload: (_serverId, { path, as }) =>
      Promise.resolve(path === '/world' ? folderOffer(path, as) : fileOffer(path)),
    transfers: {
      add: (wanted) => {
        added.push(wanted);
        return Promise.resolve('id');
      },
      folderOf: (id) => (id === 'id' ? folder : null),
    },
  });
  return { calls, added, asked, openPath };
}

const input = { serverId: 'home/1', backup: 'b' };

it('a backup goes where the person says, and the dialog asks before it replaces a file', async () => {
  const { calls, added, asked } = setUp(join(folder, 'a.tar.gz'));
  expect(await calls['backups.download'](input)).toEqual({ transfer: 'id' });
  expect(added).toMatchObject([
    { label: 'Nightly', target: { folder, file: 'a.tar.gz', ifTaken: 'number' } },
  ]);
  expect(asked[0]?.defaultPath).toBe(join(folder, 'Survival Nightly.tar.gz'));
  expect(asked[0]?.properties).toContain('showOverwriteConfirmation');
});

it('a file that the person agreed to replace is replaced', async () => {
  writeFileSync(join(folder, 'a.tar.gz'), 'old');
  const { calls, added } = setUp(join(folder, 'a.tar.gz'));
  await calls['backups.download'](input);
  expect(added[0]?.target.ifTaken).toBe('replace');
});

it('nothing is downloaded if the person chooses no path', async () => {
  const { calls, added } = setUp(null);
  expect(await calls['backups.download'](input)).toEqual({ transfer: null });
  expect(added).toEqual([]);
});

it('the folder of a transfer is shown, and of an unknown one is not', async () => {
  const { calls, openPath } = setUp(null);
  await calls['transfers.show']({ transfer: 'id' });
  expect(openPath).toHaveBeenCalledExactlyOnceWith(folder);
  await expect(calls['transfers.show']({ transfer: 'other' })).rejects.toMatchObject({
    problem: { message: { id: 'transfers.unknown' } },
  });
});

it('one file of a server goes under the name that the person says', async () => {
  const { calls, added } = setUp(join(folder, 'a.txt'));
  expect(await calls['files.download']({ serverId: 'home/1', paths: ['/eula.txt'] })).toEqual({
    transfers: ['id'],
  });
  expect(added).toMatchObject([{ target: { folder, file: 'a.txt', ifTaken: 'number' } }]);
});

it('several files go into one folder, under their own names', async () => {
  const { calls, added } = setUp(folder);
  await calls['files.download']({ serverId: 'home/1', paths: ['/eula.txt', '/ops.json'] });
  expect(added.map(({ target }) => target)).toEqual([
    { folder, file: 'eula.txt', ifTaken: 'number' },
    { folder, file: 'ops.json', ifTaken: 'number' },
  ]);
});

it('no file is downloaded if the person chooses no place', async () => {
  const { calls, added } = setUp(null);
  for (const paths of [['/eula.txt'], ['/eula.txt', '/ops.json']]) {
    expect(await calls['files.download']({ serverId: 'home/1', paths })).toEqual({ transfers: null });
  }
  expect(added).toEqual([]);
});

it('a folder goes into the folder that a person chooses, and its archive under a name', async () => {
  const { calls, added, asked } = setUp(folder);
  await calls['files.download']({ serverId: 'home/1', paths: ['/world'] });
  expect(asked).toEqual([]);
  expect(added[0]?.target).toEqual({ folder, file: 'world', ifTaken: 'number' });
  await calls['files.download']({ serverId: 'home/1', paths: ['/world'], as: 'archive' });
  expect(asked[0]?.defaultPath).toBe(join(folder, 'world.tar.gz'));
  expect(added[1]?.source).toMatchObject({ kind: 'folder', as: 'archive' });
});

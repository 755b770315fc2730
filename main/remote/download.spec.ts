import { expect, it, vi } from 'vitest';
import { newProblem } from '../../bridge/errors.js';
import type { RemoteUpdate } from '../../bridge/schema/remote.js';
import type { Transfer, TransferOffer, WantedTransfer } from '../../bridge/schema/transfers.js';
import { sentence } from '../../messages/messages.js';
import { anAccount, aServer, aTransfer } from '../../tests/support/entities.js';
import { aBackup } from '../../tests/support/fake-backups.js';
import { FakeClock, settle } from '../../tests/support/fake-clock.js';
import { Observable } from '../base/observable.js';
import { FleetStore } from '../fleet/store.js';
import { downloadBackup, getFile } from './download.js';
import { listTransfers } from './transfers.js';

const offer: TransferOffer = {
  source: aTransfer().source,
  label: 'Nightly',
  panel: 'home',
  node: 'home/1',
  size: 10,
  sha1: null,
  file: 'Lobby Nightly.tar.gz',
};

function setUp(kind: 'program' | 'person' = 'person') {
  const store = new FleetStore();
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server: aServer({ name: 'Lobby' }) },
  ]);
  const list = new Observable<readonly Transfer[]>([]);
  const add = vi.fn((_wanted: WantedTransfer) => Promise.resolve(aTransfer().id));
  const events: RemoteUpdate<'downloadBackup'>[] = [];
  let leave = (): void => undefined;
  const ended = new Promise<void>((resolve) => (leave = resolve));
  const call = {
    client: { kind, name: 'x' },
    event: (one: (typeof events)[0]) => events.push(one),
    ended,
    isEnded: false,
  };
  const deps = {
    store,
    clock: new FakeClock(),
    backups: {
      read: async () => ({ backups: [aBackup('41096fdb', { name: 'Nightly' })], limit: 3, used: 1 }),
    },
    backupToDownload: async () => offer,
    fileToDownload: async (_serverId: string, { path }: { path: string }) => ({
      ...offer,
      file: path.slice(1),
    }),
    transfers: Object.assign(list, { add }),
    downloadsFolder: () => '/home/olive/Downloads',
  };
  const download = (folder: string | null = null) =>
    downloadBackup(deps, { name: 'Lobby', backup: 'Nightly', folder }, call);
  const get = (folder: string | null, file: string | null) =>
    getFile(deps, { name: 'Lobby', path: '/eula.txt', folder, file }, call);
  return { list, add, events, leave: () => leave(), download, get };
}

it('resolves when the file has its name, and tells the progress until then', async () => {
  const { list, add, events, download } = setUp();
  const done = download();
  await settle();
  expect(add.mock.calls[0]?.[0].target).toEqual({
    folder: '/home/olive/Downloads',
    file: 'Lobby Nightly.tar.gz',
    ifTaken: 'number',
  });
  list.set([aTransfer({ bytes: 5 })]);
  list.set([aTransfer({ state: 'done', file: 'b.tar.gz' })]);
  expect(await done).toMatchObject({ server: { name: 'Lobby' }, transfer: { file: 'b.tar.gz' } });
  expect(events).toMatchObject([{ transfer: { bytes: 5 } }]);
});

it('fails with the problem of the download, and if somebody cancels it', async () => {
  const { list, download } = setUp();
  const failed = download('/x');
  await settle();
  list.set([aTransfer({ state: 'failed', problem: newProblem('not-found', sentence('transfers.gone')) })]);
  await expect(failed).rejects.toMatchObject({
    failure: { cause: 'failed', message: 'The node no longer has the archive of this backup.' },
  });
  list.set([aTransfer()]);
  const cancelled = download('/x');
  await settle();
  list.set([]);
  await expect(cancelled).rejects.toMatchObject({
    failure: { message: 'The download was cancelled in Perch.' },
  });
});

it('a client that goes away ends only the wait', async () => {
  const { download, leave } = setUp();
  const left = download();
  await settle();
  leave();
  await expect(left).rejects.toMatchObject({ failure: { cause: 'refused' } });
});

it('a program cannot download a file', async () => {
  const { add, download } = setUp('program');
  await expect(download()).rejects.toMatchObject({ failure: { cause: 'refused' } });
  expect(add).not.toHaveBeenCalled();
});

it('the list has every problem in words', () => {
  const problem = newProblem('internal', sentence('transfers.full', { folder: '/x' }));
  const transfers = { current: [aTransfer({ state: 'failed', problem })] };
  expect(listTransfers({ transfers }).transfers).toMatchObject([
    { name: 'Nightly', state: 'failed', problem: 'The disk of /x is full. Free some space, then try again.' },
  ]);
});

it('a file of the server goes under the name that was asked for, or under its own', async () => {
  const { list, add, get } = setUp();
  void get('/x', 'terms.txt');
  void get(null, null);
  await settle();
  expect(add.mock.calls.map(([{ target }]) => target)).toEqual([
    { folder: '/x', file: 'terms.txt', ifTaken: 'number' },
    { folder: '/home/olive/Downloads', file: 'eula.txt', ifTaken: 'number' },
  ]);
  list.set([aTransfer({ state: 'done' })]);
});

it('programs get no files', async () => {
  const { add, get } = setUp('program');
  await expect(get(null, null)).rejects.toMatchObject({ failure: { cause: 'refused' } });
  expect(add).not.toHaveBeenCalled();
});

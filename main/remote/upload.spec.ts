import { expect, it } from 'vitest';
import type { Transfer } from '../../bridge/schema/transfers.js';
import { anAccount, aServer, aTransfer } from '../../tests/support/entities.js';
import { FakeClock, settle } from '../../tests/support/fake-clock.js';
import { Observable } from '../base/observable.js';
import { FleetStore } from '../fleet/store.js';
import { putFile } from './upload.js';

const source = { kind: 'upload', serverId: 'home/1', path: '/plugins/a.jar' } as const;
const upload = (id: string, state: Transfer['state']): Transfer =>
  aTransfer({ id, source, state, label: id });

/** `begun` is called after the uploads were added, and before their ids are known. */
function setUp(begun: (list: Observable<readonly Transfer[]>) => void = () => undefined) {
  const store = new FleetStore();
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server: aServer({ name: 'Lobby' }) },
  ]);
  const list = new Observable<readonly Transfer[]>([]);
  const deps = {
    store,
    clock: new FakeClock(),
    backups: { read: () => Promise.reject(new Error('unused')) },
    backupToDownload: () => Promise.reject(new Error('unused')),
    fileToDownload: () => Promise.reject(new Error('unused')),
    transfers: Object.assign(list, { add: () => Promise.reject(new Error('unused')) }),
    downloadsFolder: () => '/home/olive/Downloads',
    uploads: {
      plan: () => Promise.resolve({ wanted: [], taken: [], leftOut: 0 }),
      begin: () => {
        begun(list);
        return Promise.resolve(['a', 'b']);
      },
    },
  };
  const call = {
    client: { kind: 'person', name: 'x' } as const,
    event: () => undefined,
    ended: new Promise<void>(() => undefined),
    isEnded: false,
  };
  const input = { name: 'Lobby', source: '/home/olive/mods', folder: '/plugins', as: null, replace: false };
  const labels = async (): Promise<string[]> =>
    (await putFile(deps, input, call)).transfers.map(({ name }) => name);
  return { list, labels };
}

it('ends when all files are there, also those that left the list before the others', async () => {
  const { list, labels } = setUp();
  const put = labels();
  await settle();
  list.set([upload('a', 'running'), upload('b', 'done')]);
  list.set([upload('a', 'running')]);
  list.set([upload('a', 'done')]);
  expect(await put).toEqual(['a', 'b']);
});

it('ends when files were there and left the list before all of them were added', async () => {
  const { list, labels } = setUp((all) => {
    all.set([upload('a', 'done')]);
    all.set([]);
  });
  const put = labels();
  await settle();
  list.set([upload('b', 'done')]);
  expect(await put).toEqual(['a', 'b']);
});

it('fails if somebody cancels a file', async () => {
  const { list, labels } = setUp();
  const put = labels();
  await settle();
  list.set([upload('a', 'done'), upload('b', 'running')]);
  list.set([upload('a', 'done')]);
  await expect(put).rejects.toMatchObject({ failure: { cause: 'failed' } });
});

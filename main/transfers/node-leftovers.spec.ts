import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeServerFiles } from '../../tests/support/fake-server-files.js';
import { NodeLeftovers } from './node-leftovers.js';
import { asidePath } from './sftp-folder-upload.js';
import type { PackedRecord } from './transfer-kinds.js';

let server: FakeServerFiles;
let leftovers: NodeLeftovers;
beforeEach(() => {
  server = new FakeServerFiles();
  server.folders.add('/mods').add('/mods/deep');
  leftovers = new NodeLeftovers({
    clock: new FakeClock(),
    panelOf: server.panelOf(() => Promise.resolve()),
    archives: { remove: () => Promise.resolve(true) },
    naming: { removePart: () => Promise.resolve(true) },
  });
});

const replaced = ['/mods/a.jar', '/mods/deep/b.jar', '/mods/c.jar'];
function anUpload(fields: Partial<PackedRecord> = {}): PackedRecord {
  const one: PackedRecord = {
    id: 'X',
    source: { kind: 'packed', serverId: 'home/1', path: '/', names: ['mods'], paths: 'digest', replaced },
    by: 'sftp',
    sent: { of: 'digest', count: 0, isUnpacking: true },
    label: 'mods',
    panel: 'home',
    node: 'home/1',
    size: 3,
    sha1: null,
    folder: '/home/olive',
    file: 'mods',
    ifTaken: 'replace',
    stage: 'failed',
    placed: null,
    problem: null,
    mismatches: 0,
    addedAt: 0,
    retryAt: null,
    ...fields,
  };
  leftovers.sent(one);
  return one;
}
const onServer = (): Record<string, number> =>
  Object.fromEntries([...server.files].map(([path, [first = 0]]) => [path, first]));

it('of a failed upload over SFTP go, but not while its files move', () => {
  expect(leftovers.isLeft(anUpload({ sent: { of: 'archives', count: 0, isUnpacking: false } }))).toBe(true);
  expect(leftovers.isLeft(anUpload())).toBe(false);
});

it('of a cancelled upload over SFTP go, and files that were set aside get their names back', async () => {
  const [a = '', b = '', c = ''] = replaced;
  const [earlier, later] = [Uint8Array.of(1), Uint8Array.of(2)];
  server.files
    // Stands for the folder.
    .set('/.perch-X-sftp', later)
    .set(a, later)
    .set(asidePath('X', a), earlier)
    .set(asidePath('X', b), earlier)
    .set(c, earlier);
  expect(await leftovers.remove(anUpload({ stage: 'cancelled' }))).toBe(true);
  expect(onServer()).toEqual({ [a]: 2, [b]: 1, [c]: 1 });
});

import { beforeEach, expect, it } from 'vitest';
import { MemoryDisk } from '../../tests/support/memory-disk.js';
import { home } from '../../tests/support/transfer-world.js';
import { Placing } from './placing.js';
import type { QueueEvent } from './transfer-queue.js';
import type { TransferRecord } from '../../bridge/schema/transfers.js';

const transfer: TransferRecord = {
  id: '22222222-2222-4222-8222-222222222222',
  source: { kind: 'backup', serverId: 'home/1', backup: 'b' },
  label: 'Nightly',
  panel: 'home',
  node: 'home/1',
  folder: home,
  file: 'Nightly.tar.gz',
  ifTaken: 'number',
  size: 3,
  sha1: null,
  addedAt: 0,
  stage: 'running',
  placed: null,
  mismatches: 0,
  problem: null,
};
const part = `${home}/.${transfer.id}.perch-part`;
const whole = { folder: home, path: part, size: 3 };

let disk: MemoryDisk;
let events: QueueEvent[];
beforeEach(() => {
  disk = new MemoryDisk();
  disk.folders.add(home);
  disk.put(part, new Uint8Array([1, 2, 3]));
  events = [];
});

const placing = (isPlacing = true): Placing =>
  new Placing(
    disk.seenBy(() => Promise.resolve()),
    {
      saved: (event) => Promise.resolve(void events.push(event)),
      isPlacing: () => isPlacing,
    },
  );

it('the queue knows the name before the file has it', async () => {
  await placing().place(transfer, whole);
  expect(events.map(({ kind }) => kind)).toEqual(['whole', 'placed']);
  expect(disk.names(home)).toEqual(['Nightly.tar.gz']);
});

it('a transfer that was cancelled at the last moment gets no name, and leaves nothing', async () => {
  await expect(placing(false).place(transfer, whole)).rejects.toThrow('cancelled');
  expect(disk.names(home)).toEqual([]);
});

it('two files of one name get two numbers', async () => {
  const other = { ...transfer, id: '33333333-3333-4333-8333-333333333333' };
  const path = `${home}/.${other.id}.perch-part`;
  disk.put(path, new Uint8Array([4, 5, 6]));
  const both = placing();
  await Promise.all([both.place(transfer, whole), both.place(other, { ...whole, path })]);
  expect(disk.names(home).sort()).toEqual(['Nightly (2).tar.gz', 'Nightly.tar.gz']);
});

it('a thousand files of one name are enough', async () => {
  for (let number = 1; number < 1000; number++) {
    disk.put(`${home}/Nightly${number === 1 ? '' : ` (${number})`}.tar.gz`, new Uint8Array());
  }
  await expect(placing(false).place(transfer, whole)).rejects.toMatchObject({
    problem: { message: { id: 'transfers.name-taken' } },
  });
});

it.each<[string, () => void, QueueEvent['kind'], string[]]>([
  ['has both names', () => disk.link(part, `${home}/Nightly.tar.gz`), 'placed', ['Nightly.tar.gz']],
  [
    'has only its own name',
    () => {
      disk.link(part, `${home}/Nightly.tar.gz`);
      disk.files.delete(part);
    },
    'placed',
    ['Nightly.tar.gz'],
  ],
  ['has only the temporary name', () => undefined, 'placed', ['Nightly.tar.gz']],
  ['is gone', () => disk.files.delete(part), 'lost', []],
  ['is cut off', () => disk.put(part, new Uint8Array([1])), 'lost', []],
  [
    'has its name taken by another file',
    () => disk.put(`${home}/Nightly.tar.gz`, new Uint8Array([9, 9, 9])),
    'placed',
    ['Nightly (2).tar.gz', 'Nightly.tar.gz'],
  ],
])('after a kill, a file that %s', async (_what, happened, end, names) => {
  happened();
  await placing().finish({ ...transfer, stage: 'placing', placed: 'Nightly.tar.gz' });
  expect(events.at(-1)?.kind).toBe(end);
  expect(disk.names(home).sort()).toEqual(names);
});

import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeEditedDisk } from '../../tests/support/fake-edited-disk.js';
import { fateOfCopy } from './left-copies.js';
import { versionOf } from './text-format.js';

const id = '00000000000000aa';
const old = Buffer.from('old\n');
const dayMs = 86_400_000;

let clock: FakeClock;
let disk: FakeEditedDisk;
let at: number;
/** Time between the opening of the file and the start of the computer, in ms. */
let startedAfter: number;

beforeEach(() => {
  clock = new FakeClock();
  disk = new FakeEditedDisk();
  disk.save(id, old);
  at = clock.wall();
  startedAfter = 1;
  clock.jump(dayMs + 1);
});

const fate = () => {
  const record = { id, serverId: 'home/u1', path: '/a.yml', name: 'a.yml', version: versionOf(old), at };
  return fateOfCopy(record, { clock, disk, startedAt: () => at + startedAfter });
};

it('a copy without changes is over a day after its last use, once the computer was started again', async () => {
  expect(await fate()).toBe('over');
  startedAfter = 0;
  expect(await fate()).toBe('same');
  startedAfter = 1;
  clock.jump(-1);
  expect(await fate()).toBe('same');
});

it('a copy stays with the files that a program keeps beside it, also if the copy itself is missing', async () => {
  disk.others.add(id);
  expect(await fate()).toBe('same');
  disk.take(id);
  expect(await fate()).toBe('same');
  disk.others.clear();
  expect(await fate()).toBe('over');
});

it('a copy with changes, or one that can’t be read, waits for a person', async () => {
  disk.save(id, 'mine\n');
  expect(await fate()).toBe('left');
  disk.save(id, old);
  disk.refusesReads = true;
  expect(await fate()).toBe('left');
});

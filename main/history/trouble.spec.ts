import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { afterEach, expect, it, vi } from 'vitest';
import { idTime } from '../../bridge/events/id-time.js';
import type { UsageSample } from '../../bridge/schema/history.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { anEvent } from '../../tests/support/history-events.js';
import { History } from './history.js';

const minute = 60_000;
const id = 'home/1';
const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function rig(folder?: string, clock = new FakeClock()) {
  const root = folder === undefined ? await mkdtemp(join(tmpdir(), 'perch-history-')) : null;
  if (root !== null) ends.push(() => rm(root, { recursive: true }));
  const path = folder ?? join(root ?? '', 'history');
  const told: string[] = [];
  const history = new History({
    folder: path,
    clock,
    log: new FakeLog(),
    keeps: () => true,
    setAside: ({ why, file }) => told.push(`${why} ${file}`),
    damaged: (events) => told.push(`damaged ${events ?? 'somewhere'}`),
    troubled: (isSo) => told.push(isSo ? 'troubled' : 'well'),
  });
  ends.push(() => history.stop());
  history.start(['home']);
  const live = async (ms: number): Promise<void> => {
    for (const end = clock.now() + ms; clock.now() < end;) {
      await clock.advance(5000);
      history.add(id, aSample(clock.now()));
      await history.usage(id, '1h');
    }
  };
  const length = async (range: '1h' | '24h'): Promise<number> => (await history.usage(id, range)).length;
  return { clock, folder: path, history, length, live, root: root ?? '', told };
}

function aSample(at: number): UsageSample {
  const band = { cpuPercent: 10, memoryBytes: 500, receivedPerSecond: 7, sentPerSecond: null, players: 3 };
  return { at, ...band, diskBytes: 5, afterGap: false, low: band, high: band };
}

it('an unwritable history is reported once, continues in memory, and is written later', async () => {
  const first = await rig();
  await first.history.stop();
  // A file lies at the path of the folder.
  await rm(first.folder, { recursive: true });
  await writeFile(first.folder, '');
  const second = await rig(first.folder, first.clock);
  await second.live(3 * minute);
  expect(second.told).toEqual(['troubled']);
  expect(await second.length('1h')).toBe(36);
  await rm(first.folder);
  await second.live(6 * minute);
  expect(second.told).toEqual(['troubled', 'well']);
  await second.history.stop();
  const third = await rig(first.folder, first.clock);
  expect(await third.length('1h')).toBeGreaterThanOrEqual(107);
});

/** LevelDB's error when the file system refuses a write. */
function ioError(said: string): Error {
  const cause = Object.assign(new Error(`IO error: /history/000005.log: ${said}`), {
    code: 'LEVEL_IO_ERROR',
  });
  return new Error('Database failed', { cause });
}

// Injected at the store's writes, because mounting a small file system needs rights that tests often lack.
it.each(['No space left on device', 'Read-only file system'])(
  'a disk with the error "%s" is reported once, loses only the refused writes, and recovers',
  async (said) => {
    const first = await rig();
    await first.live(2 * minute);
    const refused = vi.spyOn(ClassicLevel.prototype, 'batch').mockRejectedValue(ioError(said));
    const event = anEvent({ id: `${idTime(first.clock.wall())}-1`, at: first.clock.wall(), serverId: id });
    first.history.put(event);
    await first.live(6 * minute);
    expect(refused.mock.calls.length).toBeGreaterThan(3);
    expect(first.told).toEqual(['troubled']);
    expect(await first.length('1h')).toBe(96);
    expect((await first.history.events({ before: null, limit: 9, about: [id] })).events).toEqual([event]);
    refused.mockRestore();
    await first.live(6 * minute);
    expect(first.told).toEqual(['troubled', 'well']);
    await first.history.stop();
    const second = await rig(first.folder, first.clock);
    expect(await second.length('1h')).toBeGreaterThanOrEqual(167);
    expect((await second.history.events({ before: null, limit: 9, about: [id] })).events).toEqual([event]);
  },
);

it('a folder that is no store is kept aside and reported, and a new store begins', async () => {
  const first = await rig();
  await first.live(minute);
  await first.history.stop();
  for (const file of await readdir(first.folder)) await writeFile(join(first.folder, file), 'nothing');
  const second = await rig(first.folder, first.clock);
  await second.live(minute);
  expect(second.told).toHaveLength(1);
  expect(second.told[0]).toMatch(/^(parts|damaged) /);
  await second.history.stop();
  const third = await rig(first.folder, first.clock);
  expect(await third.length('1h')).toBe(12);
  expect(third.told).toEqual([]);
});

it('the readable parts of a store with a damaged file are used', async () => {
  const first = await rig();
  await first.live(3 * minute);
  await first.history.stop();
  const files = await readdir(first.folder);
  const manifest = join(first.folder, files.find((name) => name.startsWith('MANIFEST')) ?? '');
  await writeFile(manifest, (await readFile(manifest)).subarray(0, 20));
  const second = await rig(first.folder, first.clock);
  expect(await second.length('1h')).toBe(36);
  expect(second.told).toEqual([`parts ${first.folder}/lost`]);
});

it('a store of a newer Perch is kept aside', async () => {
  const first = await rig();
  await first.history.stop();
  const level = new ClassicLevel<string, Uint8Array>(first.folder, { valueEncoding: 'view' });
  await level.put('form', Uint8Array.of(99));
  await level.close();
  const second = await rig(first.folder, first.clock);
  await second.live(minute);
  expect(second.told).toEqual([`newer ${first.folder}.damaged-1`]);
  expect(await readdir(first.root)).toContain('history.damaged-1');
});

it('damaged entries are skipped', async () => {
  const first = await rig();
  await first.live(130 * minute);
  await first.history.stop();
  const level = new ClassicLevel<string, Uint8Array>(first.folder, { valueEncoding: 'view' });
  for await (const [key, value] of level.iterator()) {
    if (key === 'form' || key.startsWith('n')) continue;
    await level.put(key, value.slice(0, Math.max(1, value.length - 1)));
  }
  await level.put('n/home/2', Uint8Array.of(200));
  await level.close();
  const second = await rig(first.folder, first.clock);
  await second.live(minute);
  expect(await second.length('24h')).toBeGreaterThan(60);
  expect(second.told).toEqual([]);
});

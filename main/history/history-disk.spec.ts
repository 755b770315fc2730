import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { historyFolders } from '../../tests/support/history-folders.js';
import { HistoryDisk, type DiskChange } from './history-disk.js';
import { openFolder, type Level } from './level-folder.js';

const aFolder = historyFolders();
const put: DiskChange = { type: 'put', key: 'a', value: Uint8Array.of(7) };
const refused = new Error('Database failed', { cause: new Error('IO error: No space left on device') });
const corruption = Object.assign(new Error('Corruption: bad block'), { code: 'LEVEL_CORRUPTION' });

let folder = '';
let clock = new FakeClock();
let log = new FakeLog();
let told: string[] = [];
let opened: Level[] = [];
let turn: Promise<void> = Promise.resolve();
let disk: HistoryDisk;

beforeEach(async () => {
  folder = await aFolder();
  [clock, log, told, opened, turn] = [new FakeClock(), new FakeLog(), [], [], Promise.resolve()];
  disk = aDisk();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await disk.stop();
});

function aDisk(): HistoryDisk {
  return new HistoryDisk({
    folder,
    clock,
    log,
    setAside: ({ why, file }) => told.push(`${why} ${file}`),
    damaged: (events) => told.push(`damaged ${events}`),
    troubled: (isSo) => told.push(isSo ? 'troubled' : 'well'),
    inTurn: (work) => (turn = work()),
    opened: async (level) => void opened.push(level),
  });
}

/** Passes this time, and waits until the store is open if an opening began meanwhile. */
async function pass(ms: number): Promise<void> {
  await clock.advance(ms);
  await turn;
}

/** Blocks all writes of the store until the returned function is called. */
function full(): () => void {
  const writes = vi.spyOn(ClassicLevel.prototype, 'batch').mockRejectedValue(refused);
  return () => writes.mockRestore();
}

async function inStore(work: (level: Level) => Promise<void>): Promise<void> {
  const { level } = await openFolder(folder, log);
  await work(level);
  await level.close();
}

describe('the store while all is well', () => {
  it('is available once it is open, with its format in it', async () => {
    expect(disk.level).toBeNull();
    await disk.open();
    expect(opened).toEqual([disk.level]);
    expect(await disk.level?.get('form')).toEqual(Buffer.of(2));
    expect(told).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  it('is written, and knows the time of the write', async () => {
    await disk.open();
    expect((await disk.check()).writtenAt).toBeNull();
    clock.jump(5000);
    expect(await disk.write([put])).toBe(true);
    expect(await disk.level?.get('a')).toEqual(Buffer.of(7));
    expect((await disk.check()).writtenAt).toBe(clock.wall());
  });

  it('is opened again silently, and closed at the end', async () => {
    await disk.open();
    await disk.write([put]);
    const level = disk.level;
    await disk.stop();
    expect(level?.status).toBe('closed');
    expect(disk.level).toBeNull();
    disk = aDisk();
    await disk.open();
    expect(await disk.level?.get('a')).toEqual(Buffer.of(7));
    expect(told).toEqual([]);
  });

  it('is closed at once if Perch ends during the opening', async () => {
    const opening = disk.open();
    await disk.stop();
    await opening;
    expect(disk.level).toBeNull();
    expect(opened).toEqual([]);
  });
});

describe('a store that can not be used', () => {
  it('is not written while it is closed', async () => {
    expect(await disk.write([put])).toBe(false);
    expect((await disk.check()).writtenAt).toBeNull();
    expect(told).toEqual([]);
  });

  it('is closed after a write that fails, and is opened again ten seconds later', async () => {
    await disk.open();
    const mend = full();
    expect(await disk.write([put])).toBe(false);
    expect(disk.level).toBeNull();
    expect((await disk.check()).writtenAt).toBeNull();
    expect(told).toEqual(['troubled']);
    expect(log.lines).toEqual([
      'warn history.failed {"message":"Database failed: Error: IO error: No space left on device"}',
    ]);
    mend();
    await pass(9999);
    expect(disk.level).toBeNull();
    await pass(1);
    expect(opened).toHaveLength(2);
    expect(told).toEqual(['troubled', 'well']);
  });

  it('is tried with growing pauses, reported once, and tried soon again after a recovery', async () => {
    await rm(folder, { recursive: true, force: true });
    await writeFile(folder, '');
    await disk.open();
    const pauses = [10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000];
    for (const [place, ms] of pauses.entries()) {
      await pass(ms - 1);
      expect(log.lines).toHaveLength(place + 1);
      await pass(1);
      expect(log.lines).toHaveLength(place + 2);
    }
    expect(told).toEqual(['troubled']);
    await rm(folder);
    await pass(300_000);
    expect(told).toEqual(['troubled', 'well']);
    const mend = full();
    await disk.write([put]);
    mend();
    await pass(10_000);
    expect(told).toEqual(['troubled', 'well', 'troubled', 'well']);
  });

  it('is available only after a test write: a full disk opens and refuses', async () => {
    await disk.open();
    const mend = full();
    await disk.write([put]);
    await pass(10_000);
    expect(told).toEqual(['troubled']);
    expect(opened).toHaveLength(1);
    mend();
    await pass(20_000);
    expect(told).toEqual(['troubled', 'well']);
  });

  it('is not opened again after the end', async () => {
    await disk.open();
    await disk.stop();
    await disk.failed(refused);
    expect(told).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('has no pending attempt after the end', async () => {
    await disk.open();
    await disk.failed(refused);
    expect(clock.pending).toBe(1);
    await disk.stop();
    expect(clock.pending).toBe(0);
  });

  it('is closed, even if closing fails', async () => {
    await disk.open();
    const level = disk.level;
    vi.spyOn(ClassicLevel.prototype, 'close').mockRejectedValueOnce(new Error('busy'));
    await disk.failed(refused);
    expect(log.text).toContain('warn history.not-closed {"message":"Error: busy"}');
    expect(disk.level).toBeNull();
    vi.restoreAllMocks();
    await level?.close();
  });

  it('fails if its first user fails', async () => {
    disk = new HistoryDisk({
      folder,
      clock,
      log,
      setAside: () => undefined,
      damaged: () => undefined,
      troubled: (isSo) => told.push(isSo ? 'troubled' : 'well'),
      inTurn: (work) => (turn = work()),
      opened: () => Promise.reject(new Error('unread')),
    });
    await disk.open();
    expect(disk.level).toBeNull();
    expect(told).toEqual(['troubled']);
  });
});

describe('a damaged store', () => {
  it('is repaired from its parts at the next opening, once', async () => {
    await disk.open();
    await disk.write([put]);
    await disk.failed(corruption);
    await pass(10_000);
    expect(told).toEqual(['troubled', `parts ${folder}/lost`, 'well']);
    expect(await disk.level?.get('a')).toEqual(Buffer.of(7));
    await disk.failed(refused);
    await pass(10_000);
    expect(told).toEqual(['troubled', `parts ${folder}/lost`, 'well', 'troubled', 'well']);
  });

  it('stays damaged after another failure in between', async () => {
    await disk.open();
    await disk.failed(corruption);
    await disk.failed(refused);
    await pass(20_000);
    expect(told).toContain(`parts ${folder}/lost`);
  });

  it('reports a loss if LevelDB has dropped entries', async () => {
    await disk.open();
    await disk.write([put]);
    await disk.stop();
    const name = (await readdir(folder)).find((one) => one.endsWith('.log')) ?? '';
    const file = join(folder, name);
    const bytes = await readFile(file);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0xff;
    await writeFile(file, bytes);
    disk = aDisk();
    await disk.open();
    expect(told).toEqual(['damaged null']);
  });
});

describe('the form of a store', () => {
  it.each([
    ['newer', 3],
    ['damaged', 0],
  ])('that is %s has the store moved aside, and a new store begun', async (why, form) => {
    await inStore((level) => level.put('form', Uint8Array.of(form)));
    await disk.open();
    expect(told).toEqual([`${why} ${folder}.damaged-1`]);
    expect(await disk.level?.keys().all()).toEqual(['form']);
    expect(await disk.level?.get('form')).toEqual(Buffer.of(2));
  });

  it.each([1, 2])('%i is known: the store keeps its entries, and has the present form then', async (form) => {
    await inStore((level) => level.batch([put, { type: 'put', key: 'form', value: Uint8Array.of(form) }]));
    await disk.open();
    expect(await disk.level?.get('a')).toEqual(Buffer.of(7));
    expect(await disk.level?.get('form')).toEqual(Buffer.of(2));
    expect(told).toEqual([]);
  });
});

describe('a trial', () => {
  it('writes more than a regular write, and leaves no entry', async () => {
    await disk.open();
    if (disk.level === null) throw new Error('The store is not open.');
    const writes = vi.spyOn(disk.level, 'batch');
    expect((await disk.check()).canWrite).toBe(true);
    const [changes] = writes.mock.calls[0] as unknown as [DiskChange[]];
    expect(changes.map((change) => (change.type === 'put' ? change.value.length : 'del'))).toEqual([
      131_072,
      'del',
    ]);
    expect(await disk.level.keys().all()).toEqual(['form']);
  });
});

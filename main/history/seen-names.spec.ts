import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClassicLevel } from 'classic-level';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { historyFolders } from '../../tests/support/history-folders.js';
import { History } from './history.js';
import { openFolder } from './level-folder.js';

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;
/** Monotonic time; the wall clock is ahead. */
const begin = 1_700_006_400_000;
const ahead = 5 * minute;
const id = 'home/1';
const aFolder = historyFolders();

let folder = '';
let clock = new FakeClock(begin);
let history: History;

beforeEach(async () => {
  folder = await aFolder();
  clock = new FakeClock(begin);
  clock.jump(ahead);
  history = aHistory();
  await start();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await history.stop();
});

function aHistory(): History {
  return new History({
    folder,
    clock,
    log: new FakeLog(),
    keeps: (serverId) => !serverId.startsWith('demo/'),
    setAside: () => undefined,
    damaged: () => undefined,
    troubled: () => undefined,
  });
}

async function start(accounts: readonly string[] = ['home', 'town']): Promise<void> {
  history.start(accounts);
  await history.lasting();
}

/** Ends the run and begins the next one, whose monotonic time follows a corrected wall clock. */
async function restart(accounts?: readonly string[]): Promise<void> {
  await history.stop();
  clock = new FakeClock(clock.wall());
  history = aHistory();
  await start(accounts);
}

/** A time on the server that ends now. */
function saw(name: string, playedMs = minute, serverId = id): void {
  const to = clock.now();
  history.seen.saw(serverId, { name, from: to - playedMs, to, playedMs });
}

async function written(): Promise<void> {
  await clock.advance(5 * second);
  await history.lasting();
}

const names = async (serverId = id): Promise<string[]> =>
  (await history.seen.of(serverId)).map(({ name }) => name);

async function keysOnDisk(): Promise<string[]> {
  await history.stop();
  const { level } = await openFolder(folder, new FakeLog());
  const keys = await level.keys({ gte: 'p/', lt: 'p0' }).all();
  await level.close();
  return keys;
}

describe('seen players', () => {
  it('add up, before and after a write, and in the next run', async () => {
    saw('Olive');
    await written();
    await clock.advance(10 * minute);
    saw('Wren', 2 * minute);
    saw('Olive', 3 * minute);
    const found = [
      { name: 'Wren', firstAt: clock.now() - 2 * minute, lastAt: clock.now(), playedMs: 2 * minute },
      { name: 'Olive', firstAt: begin - minute, lastAt: clock.now(), playedMs: 4 * minute },
    ];
    const sorted = async () => (await history.seen.of(id)).toSorted((a, b) => b.name.localeCompare(a.name));
    expect(await sorted()).toEqual(found);
    await written();
    expect(await sorted()).toEqual(found);
    await restart();
    const byWall = found.map((one) => ({ ...one, firstAt: one.firstAt + ahead, lastAt: one.lastAt + ahead }));
    expect(await sorted()).toEqual(byWall);
  });

  it('wait while the store cannot be written, and count once', async () => {
    saw('Olive');
    const writes = vi.spyOn(ClassicLevel.prototype, 'batch').mockRejectedValue(new Error('No space'));
    await written();
    saw('Olive', 2 * minute);
    expect((await history.seen.of(id))[0]?.playedMs).toBe(3 * minute);
    writes.mockRestore();
    await clock.advance(minute);
    await written();
    expect((await history.seen.of(id))[0]?.playedMs).toBe(3 * minute);
    await restart();
    expect((await history.seen.of(id))[0]?.playedMs).toBe(3 * minute);
  });

  it('with any name stay on their own server', async () => {
    const hostile = ['a/b', '../2', '~', '0', '\u00ff', 'p/1/x', '__proto__'];
    for (const name of hostile) saw(name);
    saw('Olive', minute, 'home/12');
    await written();
    expect((await names()).toSorted()).toEqual(hostile.toSorted());
    expect(await names('home/12')).toEqual(['Olive']);
    expect(await names('home/2')).toEqual([]);
  });

  it('of the demo live as long as the run', async () => {
    saw('Olive', minute, 'demo/1');
    await written();
    expect(await names('demo/1')).toEqual(['Olive']);
    expect(await keysOnDisk()).toEqual([]);
  });

  it('are forgotten with their account, also on disk', async () => {
    saw('Olive');
    saw('Wren', minute, 'town/1');
    await written();
    saw('Kofi');
    history.forgetAccount('home');
    await written();
    expect(await names()).toEqual([]);
    expect(await names('town/1')).toEqual(['Wren']);
    expect(await keysOnDisk()).toEqual(['p/2/Wren']);
  });

  it('leave after 90 days', async () => {
    saw('Olive');
    await written();
    clock.sleep(60 * day);
    saw('Wren');
    await written();
    expect(await names()).toEqual(['Wren', 'Olive']);
    clock.sleep(31 * day);
    await written();
    expect(await names()).toEqual(['Wren']);
  });

  it('are at most 2,000 of a server, also where a console invents names', async () => {
    for (let turn = 0; turn < 3; turn++) {
      for (let count = 0; count < 2500; count++) saw(`${turn}-${count}`);
      await written();
    }
    const found = await names();
    expect(found).toHaveLength(2000);
    expect(found.every((name) => name.startsWith('2-'))).toBe(true);
    expect(await keysOnDisk()).toHaveLength(2000);
  });

  it('cannot be read without the store, but those of this run can', async () => {
    saw('Olive');
    await written();
    saw('Wren');
    vi.spyOn(ClassicLevel.prototype, 'iterator').mockImplementation(() => {
      throw new Error('Read failed');
    });
    expect(await names()).toEqual(['Wren']);
  });
});

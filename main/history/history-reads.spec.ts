import { rm, writeFile } from 'node:fs/promises';
import { ClassicLevel } from 'classic-level';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { idTime } from '../../bridge/events/id-time.js';
import type { UsageSample } from '../../bridge/schema/history.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { anEvent } from '../../tests/support/history-events.js';
import { historyFolders } from '../../tests/support/history-folders.js';
import { aSample } from '../../tests/support/samples.js';
import { History } from './history.js';
import { openFolder } from './level-folder.js';

const minute = 60_000;
const hour = 60 * minute;
/** Monotonic time, where an hour of the wall clock begins; the wall clock is ahead. */
const begin = 1_700_006_400_000;
const ahead = 7 * hour;
const id = 'home/1';
const aFolder = historyFolders();

let folder = '';
let clock = new FakeClock(begin);
let log = new FakeLog();
let told: string[] = [];
let history: History;

beforeEach(async () => {
  folder = await aFolder();
  clock = new FakeClock(begin);
  clock.jump(ahead);
  [log, told] = [new FakeLog(), []];
  history = aHistory();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await history.stop();
});

function aHistory(): History {
  return new History({
    folder,
    clock,
    log,
    keeps: (serverId) => !serverId.startsWith('demo/'),
    setAside: ({ why }) => told.push(why),
    damaged: (events) => told.push(`damaged ${events}`),
    troubled: (isSo) => told.push(isSo ? 'troubled' : 'well'),
  });
}

async function start(accounts: readonly string[] = ['home', 'town']): Promise<void> {
  history.start(accounts);
  await history.lasting();
}

async function restart(accounts?: readonly string[]): Promise<void> {
  await history.stop();
  history = aHistory();
  await start(accounts);
}

/** Passes this time: the computer sleeps until the last five seconds, then the history writes. */
async function pass(ms: number): Promise<void> {
  clock.sleep(ms - 5000);
  await clock.advance(5000);
  await history.lasting();
}

/** Passes time with a sample of each server every `everyMs`. */
async function live(ms: number, everyMs: number, ...ids: readonly string[]): Promise<void> {
  for (const end = clock.now() + ms; clock.now() < end;) {
    await pass(everyMs);
    for (const one of ids) history.add(one, aSample(clock.now()));
  }
  await pass(5000);
}

const minutesOf = (samples: readonly UsageSample[]): number[] =>
  samples.map(({ at }) => Math.round((at - begin) / minute));

describe('usage', () => {
  it('of five minutes and of an hour comes from memory, with its first moment', async () => {
    await start();
    for (let at = 0; at <= 60; at += 5) {
      history.add(id, aSample(clock.now()));
      clock.sleep(at < 60 ? 5 * minute : 0);
    }
    expect(minutesOf(await history.usage(id, '5m'))).toEqual([55, 60]);
    expect(minutesOf(await history.usage(id, '1h'))).toHaveLength(13);
    expect(minutesOf(history.hour(id))).toHaveLength(13);
  });

  it('of a day joins disk and memory, each minute once, in monotonic times', async () => {
    await start();
    await live(2.5 * hour, 10 * minute, id);
    const found = minutesOf(await history.usage(id, '24h'));
    expect(found).toEqual(Array.from({ length: 15 }, (_none, place) => (place + 1) * 10));
    expect(minutesOf(await history.usage(id, '30d'))).toEqual([
      10, 20, 40, 50, 70, 80, 100, 110, 130, 140, 150,
    ]);
  });

  it('of a day begins a day ago', async () => {
    await start();
    history.add(id, aSample(clock.now()));
    await pass(hour);
    history.add(id, aSample(clock.now()));
    await pass(23.5 * hour);
    expect(minutesOf(await history.usage(id, '24h'))).toEqual([60]);
    expect(minutesOf(await history.usage(id, '7d'))).toEqual([0, 60]);
  });

  it('of a day is folded to minutes while it is in memory', async () => {
    await start();
    for (const ms of [0, 5000, 10_000]) history.add(id, aSample(begin + ms, { cpuPercent: ms / 1000 }));
    await pass(10_000);
    const [only, ...others] = await history.usage(id, '24h');
    expect(only).toMatchObject({ at: begin + 10_000, cpuPercent: 5 });
    expect(others).toEqual([]);
  });

  it('of an unstored server comes from memory', async () => {
    await start();
    history.add('demo/1', aSample(begin));
    await pass(10_000);
    expect(minutesOf(await history.usage('demo/1', '24h'))).toEqual([0]);
    await restart();
    expect(await history.usage('demo/1', '24h')).toEqual([]);
    expect(await history.usage('home/9', '24h')).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  it('of an unstored server leaves no entry on disk', async () => {
    await start();
    for (const one of [id, 'demo/1']) history.add(one, aSample(begin));
    await history.stop();
    const { level } = await openFolder(folder, log);
    expect(await level.keys({ gte: 'n/', lt: 'n0' }).all()).toEqual(['n/home/1']);
    await level.close();
  });

  it('comes from memory if the disk cannot be read, with a line in the log', async () => {
    await start();
    await live(2.5 * hour, 10 * minute, id);
    vi.spyOn(ClassicLevel.prototype, 'getMany').mockRejectedValue(new Error('IO error'));
    expect(minutesOf(await history.usage(id, '24h'))).toHaveLength(15);
    expect(log.text).toContain('warn history.unread {"message":"Error: IO error"}');
    expect(told).toEqual([]);
  });

  it('is trimmed to an hour and some minutes, once older data is on disk', async () => {
    await start();
    history.add(id, aSample(clock.now()));
    await pass(5000);
    await pass(3 * hour);
    history.trim();
    expect(minutesOf(await history.usage(id, '24h'))).toEqual([0]);
    vi.spyOn(ClassicLevel.prototype, 'getMany').mockRejectedValue(new Error('IO error'));
    expect(await history.usage(id, '24h')).toEqual([]);
  });

  it('is not trimmed after a sleep before older data was written', async () => {
    await start();
    history.add(id, aSample(clock.now()));
    clock.sleep(3 * hour);
    history.trim();
    await pass(5000);
    history.trim();
    expect(minutesOf(await history.usage(id, '24h'))).toEqual([0]);
  });

  it('is trimmed without a store, too', async () => {
    history.add(id, aSample(clock.now()));
    clock.sleep(3 * hour);
    history.add('home/2', aSample(clock.now()));
    history.trim();
    expect(minutesOf(await history.usage(id, '24h'))).toEqual([]);
    expect(minutesOf(await history.usage('home/2', '24h'))).toEqual([180]);
  });

  it('of a forgotten server stays on disk: the server may come back', async () => {
    await start();
    history.add(id, aSample(clock.now()));
    await pass(2 * hour);
    history.forget(id);
    expect(history.hour(id)).toEqual([]);
    expect(minutesOf(await history.usage(id, '24h'))).toEqual([0]);
  });
});

describe('states', () => {
  it('join disk and memory', async () => {
    await start();
    history.saw(id, 'running');
    await clock.advance(5000);
    await pass(15_000);
    history.saw(id, 'offline');
    for (let at = 0; at < 2; at++) await pass(hour);
    history.saw(id, 'running');
    await clock.advance(10_000);
    const runs = await history.states(id, begin - minute, clock.now() + minute);
    const second = 1000;
    // Hours of sleep have no data, apart from the five seconds after them.
    const firstSleep = 20 * second + hour;
    const secondSleep = firstSleep + hour;
    expect(runs.map(({ from, to, state }) => [from - begin, to - begin, state])).toEqual([
      [-minute, 0, 'unknown'],
      [0, 20 * second, 'running'],
      [20 * second, firstSleep - 5 * second, 'unknown'],
      [firstSleep - 5 * second, firstSleep, 'offline'],
      [firstSleep, secondSleep - 5 * second, 'unknown'],
      [secondSleep - 5 * second, secondSleep, 'offline'],
      [secondSleep, secondSleep + 10 * second, 'running'],
      [secondSleep + 10 * second, secondSleep + 70 * second, 'unknown'],
    ]);
  });

  it('of unstored servers are unknown', async () => {
    await start();
    history.saw('demo/1', 'running');
    await pass(5000);
    expect(await history.states('demo/1', begin, clock.now())).toEqual([
      { from: begin, to: clock.now(), state: 'unknown' },
    ]);
  });

  it('are known without a store', async () => {
    history.saw(id, 'running');
    clock.sleep(minute);
    expect(await history.states(id, begin, clock.now())).toEqual([
      { from: begin, to: clock.now(), state: 'running' },
    ]);
    expect(log.lines).toEqual([]);
  });

  it('that have lasted for hours are known after a restart', async () => {
    await start();
    history.saw(id, 'running');
    for (let hours = 0; hours < 3; hours++) await pass(hour);
    await clock.advance(10_000);
    await restart();
    const runs = await history.states(id, begin, clock.now());
    expect(runs.at(-1)).toEqual({ from: begin + 3 * hour - 5000, to: clock.now(), state: 'running' });
  });
});

describe('a removed account', () => {
  it('is forgotten in waiting data, memory and disk, and no other account is', async () => {
    await start();
    for (const one of [id, 'town/1']) {
      history.add(one, aSample(clock.now()));
      history.saw(one, 'running');
    }
    await pass(2 * hour);
    for (const one of [id, 'town/1']) history.add(one, aSample(clock.now()));
    history.forgetAccount('home');
    await pass(10_000);
    expect(history.hour(id)).toEqual([]);
    expect(await history.usage(id, '24h')).toEqual([]);
    expect(minutesOf(await history.usage('town/1', '24h'))).toEqual([0, 120]);
    await restart();
    expect(await history.usage(id, '24h')).toEqual([]);
    expect((await history.states(id, begin, clock.now())).map(({ state }) => state)).toEqual(['unknown']);
    expect(minutesOf(await history.usage('town/1', '24h'))).toEqual([0, 120]);
    await history.stop();
    const { level } = await openFolder(folder, log);
    expect(await level.keys({ gte: 'n/', lt: 'n0' }).all()).toEqual(['n/town/1']);
    await level.close();
  });

  it('is forgotten once the store is open', async () => {
    await start();
    history.add(id, aSample(clock.now()));
    history.put(anEvent({ id: `${idTime(begin)}-1`, at: begin, endedAt: null }));
    await pass(2 * hour);
    await history.stop();
    history = aHistory();
    history.forgetAccount('home');
    await start();
    expect(await history.usage(id, '24h')).toEqual([]);
    expect(await history.lasting()).toEqual([]);
  });

  it('is forgotten at the start if the list lacks it, unless the list is empty', async () => {
    await start();
    for (const one of [id, 'town/1']) history.add(one, aSample(clock.now()));
    await pass(2 * hour);
    await restart([]);
    expect(minutesOf(await history.usage(id, '24h'))).toEqual([0]);
    await restart(['town']);
    expect(await history.usage(id, '24h')).toEqual([]);
    expect(minutesOf(await history.usage('town/1', '24h'))).toEqual([0]);
  });

  it('added after the start is not forgotten when the store is opened again', async () => {
    await start(['town']);
    history.add(id, aSample(clock.now()));
    await pass(2 * hour);
    const refused = vi.spyOn(ClassicLevel.prototype, 'batch').mockRejectedValueOnce(new Error('full'));
    history.add(id, aSample(clock.now()));
    await pass(5000);
    expect(told).toEqual(['troubled']);
    refused.mockRestore();
    await pass(10_000);
    await pass(5000);
    expect(told).toEqual(['troubled', 'well']);
    expect(minutesOf(await history.usage(id, '24h'))).toEqual([0, 120]);
  });
});

describe('the look at the store', () => {
  it('reports a writable store, its size and its last write', async () => {
    await start();
    expect(await history.check()).toEqual({ isOpen: true, canWrite: true, bytes: 0, writtenAt: null });
    history.add(id, aSample(clock.now()));
    await clock.advance(5000);
    expect((await history.check()).writtenAt).toBe(begin + 5000 + ahead);
  });

  it('reports a closed store', async () => {
    await rm(folder, { recursive: true, force: true });
    await writeFile(folder, '');
    await start();
    expect(await history.check()).toEqual({ isOpen: false, canWrite: false, bytes: null, writtenAt: null });
    expect(told).toEqual(['troubled']);
  });

  it('reports an unwritable store', async () => {
    await start();
    vi.spyOn(ClassicLevel.prototype, 'batch').mockRejectedValueOnce(new Error('full'));
    expect(await history.check()).toEqual({ isOpen: true, canWrite: false, bytes: null, writtenAt: null });
    expect(log.text).toContain('warn history.not-writable {"message":"Error: full"}');
  });
});

describe('events', () => {
  it('are the waiting entries if the disk cannot be read, and a damaged store is opened again', async () => {
    await start();
    history.put(anEvent({ id: `${idTime(begin)}-1`, at: begin }));
    await pass(5000);
    const waiting = anEvent({ id: `${idTime(begin + 1)}-2`, at: begin + 1 });
    history.put(waiting);
    const corruption = Object.assign(new Error('Corruption'), { code: 'LEVEL_CORRUPTION' });
    vi.spyOn(ClassicLevel.prototype, 'getMany').mockRejectedValueOnce(corruption);
    const query = { before: null, limit: 9, about: null };
    expect((await history.events(query)).events).toEqual([waiting]);
    expect(told).toEqual(['troubled']);
    await clock.advance(10_000);
    expect((await history.events(query)).events).toHaveLength(2);
    expect(told).toEqual(['troubled', 'parts', 'well']);
  });

  it('that are lost are reported once, with their number', async () => {
    await start();
    history.put(anEvent({ id: `${idTime(begin)}-1`, at: begin }));
    await history.stop();
    const { level } = await openFolder(folder, log);
    await level.del(`e/${idTime(begin)}-1/home/1`);
    await level.close();
    history = aHistory();
    await start();
    await vi.waitFor(() => expect(told).toEqual(['damaged 1']));
    await restart();
    await history.check();
    expect(told).toEqual(['damaged 1']);
  });

  it('of the last run reach every listener', async () => {
    let recalls = 0;
    const end = history.onRecalled(() => (recalls += 1));
    await start();
    expect(recalls).toBe(1);
    end();
    await restart();
    expect(recalls).toBe(1);
  });
});

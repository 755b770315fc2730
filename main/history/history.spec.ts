import { afterEach, describe, expect, it } from 'vitest';
import type { UsageSample } from '../../bridge/schema/history.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { copyConsistently, historyFolders } from '../../tests/support/history-folders.js';
import { History, type HistoryDeps } from './history.js';

const seconds = 1000;
const minute = 60 * seconds;
const hour = 60 * minute;
const day = 24 * hour;
/** Start of a day. */
const midnight = 1_700_006_400_000;
const id = 'home/1';

function sample(at: number, fields: Partial<UsageSample> = {}): UsageSample {
  const band = { cpuPercent: 10, memoryBytes: 500, receivedPerSecond: 7, sentPerSecond: null, players: 3 };
  return { at, ...band, diskBytes: 5, afterGap: false, low: band, high: band, ...fields };
}

const aFolder = historyFolders();
const running: History[] = [];

afterEach(async () => {
  for (const history of running.splice(0)) await history.stop();
});

interface Rig {
  clock: FakeClock;
  history: History;
  folder: string;
  told: string[];
  /** Passes time with a sample of each server every `everyMs`. */
  live(ms: number, everyMs?: number, serverIds?: readonly string[]): Promise<void>;
}

async function rig(deps: Partial<HistoryDeps & { accounts: readonly string[] }> = {}): Promise<Rig> {
  const clock = (deps.clock as FakeClock | undefined) ?? new FakeClock(midnight + 12 * hour);
  const folder = deps.folder ?? (await aFolder());
  const told: string[] = [];
  const history = new History({
    folder,
    clock,
    log: new FakeLog(),
    keeps: (serverId) => !serverId.startsWith('demo/'),
    setAside: ({ why }) => told.push(why),
    damaged: () => undefined,
    troubled: (isSo) => told.push(isSo ? 'troubled' : 'well'),
    ...deps,
  });
  running.push(history);
  history.start(deps.accounts ?? ['home', 'work']);
  await history.usage(id, '1h');
  const live: Rig['live'] = async (ms, everyMs = 5 * seconds, serverIds = [id]) => {
    for (const end = clock.now() + ms; clock.now() < end;) {
      await clock.advance(everyMs);
      for (const serverId of serverIds) history.add(serverId, sample(clock.now()));
      await history.usage(id, '1h');
    }
  };
  return { clock, folder, history, live, told };
}

/** Content that the next start finds if this run is killed now. */
async function afterKill({ clock, folder, history }: Rig, deps: Partial<HistoryDeps> = {}): Promise<Rig> {
  await history.usage(id, '1h');
  const copy = await copyConsistently(folder, aFolder);
  return rig({ clock, folder: copy, ...deps });
}

const timesOf = (samples: readonly UsageSample[]): number[] => samples.map(({ at }) => at);

describe('the last hour', () => {
  it('survives a kill, except for the last five seconds', async () => {
    const first = await rig();
    await first.live(2 * minute);
    const kept = await first.history.usage(id, '1h');
    const second = await afterKill(first);
    expect(await second.history.usage(id, '1h')).toEqual(kept.slice(0, -1));
  });

  it('is whole after an end in order', async () => {
    const first = await rig();
    await first.live(2 * minute);
    const kept = await first.history.usage(id, '1h');
    await first.history.stop();
    expect(await (await rig(first)).history.usage(id, '1h')).toEqual(kept);
  });

  it('precedes the data of this run, and is sent again', async () => {
    const first = await rig();
    await first.live(minute);
    await first.history.stop();
    const { clock, folder } = first;
    await clock.advance(10 * minute);
    const history = new History({
      ...first,
      folder,
      log: new FakeLog(),
      keeps: () => true,
      setAside: () => undefined,
      damaged: () => undefined,
      troubled: () => undefined,
    });
    running.push(history);
    let recalls = 0;
    history.onRecalled(() => (recalls += 1));
    history.add(id, sample(clock.now(), { afterGap: true }));
    history.start(['home']);
    expect((await history.usage(id, '1h')).map(({ afterGap }) => afterGap).filter(Boolean)).toHaveLength(1);
    expect(timesOf(history.hour(id)).at(-1)).toBe(clock.now());
    expect(recalls).toBe(1);
  });

  it('has no older rows, and none of the demo', async () => {
    const first = await rig();
    await first.live(minute, 5 * seconds, [id, 'demo/1']);
    expect(await first.history.usage('demo/1', '1h')).not.toEqual([]);
    await first.clock.advance(30 * seconds);
    const second = await afterKill(first);
    expect(await second.history.usage('demo/1', '1h')).toEqual([]);
    await second.clock.advance(hour);
    expect(await second.history.usage(id, '1h')).toEqual([]);
  });
});

describe('older data', () => {
  it('is available in minutes for a day, with minimum and maximum', async () => {
    const { clock, history } = await rig();
    const peak = { cpuPercent: 90, memoryBytes: 900, receivedPerSecond: 9, sentPerSecond: null, players: 5 };
    for (let at = 0; at < 3 * hour; at += 20 * seconds) {
      await clock.advance(20 * seconds);
      history.add(id, sample(clock.now(), { high: peak }));
      await history.usage(id, '5m');
    }
    const found = await history.usage(id, '24h');
    expect(found.length).toBeGreaterThanOrEqual(180);
    expect(found.length).toBeLessThanOrEqual(181);
    for (const { cpuPercent, high, low } of found) {
      expect([low.cpuPercent, cpuPercent, high.cpuPercent]).toEqual([10, 10, 90]);
    }
    expect(timesOf(found)).toEqual(timesOf(found).toSorted((a, b) => a - b));
  });

  it('is available in quarters for a month, and no longer', async () => {
    const { clock, history } = await rig();
    // A computer that mostly sleeps: the journal is written twelve times a day, not 17,280 times.
    for (const end = clock.now() + 33 * day; clock.now() < end;) {
      clock.sleep(2 * hour - 5 * seconds);
      for (const ms of [0, 1]) history.add(id, sample(clock.now() + ms));
      await clock.advance(5 * seconds);
      await history.usage(id, '1h');
    }
    const found = await history.usage(id, '30d');
    expect(found).toHaveLength(30 * 12);
    expect(found[0]?.at).toBeGreaterThanOrEqual(clock.now() - 30 * day);
    expect(await history.usage(id, '7d')).toHaveLength(7 * 12);
    expect(await history.usage(id, '24h')).toHaveLength(12);
  });

  it('is whole after kills in the middle of hours', async () => {
    let one = await rig();
    for (let run = 0; run < 5; run++) {
      await one.live(50 * minute, minute);
      await one.clock.advance(6 * seconds);
      one = await afterKill(one);
    }
    expect(await one.history.usage(id, '24h')).toHaveLength(250);
  });

  it('is whole after hours without Perch', async () => {
    const first = await rig();
    await first.live(50 * minute, minute);
    await first.history.stop();
    await first.clock.advance(5 * hour);
    const second = await rig(first);
    await second.live(2 * minute, minute);
    expect(await second.history.usage(id, '24h')).toHaveLength(52);
    expect(await second.history.usage(id, '1h')).toHaveLength(2);
  });

  it('is stored once if the clock is set back, and later data continues after it', async () => {
    const { clock, history, live } = await rig();
    await live(2 * hour, minute);
    clock.jump(-90 * minute);
    await live(2 * hour, minute);
    const found = await history.usage(id, '24h');
    expect(timesOf(found)).toEqual(timesOf(found).toSorted((a, b) => a - b));
    expect(found.length).toBeGreaterThan(140);
    expect(new Set(timesOf(found)).size).toBe(found.length);
  });
});

describe('past states of a server', () => {
  it('is known from the first sighting to the last observation', async () => {
    const first = await rig();
    const { clock, history } = first;
    const begin = clock.now();
    history.saw(id, 'running');
    await clock.advance(10 * minute);
    history.saw(id, 'crashed');
    await clock.advance(minute);
    history.saw(id, 'starting');
    await clock.advance(minute);
    const second = await afterKill(first);
    await clock.advance(8 * minute);
    expect(await second.history.states(id, begin - minute, clock.now())).toEqual([
      { from: begin - minute, to: begin, state: 'unknown' },
      { from: begin, to: begin + 10 * minute, state: 'running' },
      { from: begin + 10 * minute, to: begin + 11 * minute, state: 'crashed' },
      { from: begin + 11 * minute, to: begin + 12 * minute, state: 'starting' },
      { from: begin + 12 * minute, to: clock.now(), state: 'unknown' },
    ]);
  });

  it('is whole over days and kills, without the sleep of the computer', async () => {
    let one = await rig();
    const begin = one.clock.now();
    one.history.saw(id, 'running');
    for (let run = 0; run < 3; run++) {
      for (let hours = 0; hours < 20; hours++) {
        await one.clock.advance(hour);
        await one.history.usage(id, '5m');
      }
      one = await afterKill(one);
      one.history.saw(id, 'running');
    }
    one.clock.sleep(2 * hour);
    await one.clock.advance(hour);
    const end = one.clock.now();
    const runs = await one.history.states(id, begin, end);
    const known = runs
      .filter(({ state }) => state === 'running')
      .reduce((sum, { from, to }) => sum + to - from, 0);
    expect(known).toBeGreaterThan(61 * hour - 30 * seconds);
    expect(known).toBeLessThanOrEqual(61 * hour);
    expect(runs.find(({ from, to, state }) => state === 'unknown' && to - from > hour)).toEqual({
      from: end - 3 * hour,
      to: end - hour,
      state: 'unknown',
    });
    expect(runs.map(({ from }) => from).slice(1)).toEqual(runs.map(({ to }) => to).slice(0, -1));
  });
});

describe('an account that is removed', () => {
  it('takes its history with it, and no other', async () => {
    const first = await rig();
    await first.live(3 * hour, minute, [id, 'work/1']);
    first.history.forgetAccount('home');
    expect(await first.history.usage(id, '24h')).toEqual([]);
    const second = await afterKill(first);
    expect(await second.history.usage(id, '24h')).toEqual([]);
    expect((await second.history.usage('work/1', '24h')).length).toBeGreaterThan(178);
  });

  it('is forgotten at the next start if that failed before', async () => {
    const first = await rig();
    await first.live(minute, 5 * seconds, [id, 'work/1']);
    await first.history.stop();
    const second = await rig({ ...first, accounts: ['work'] });
    expect(await second.history.usage(id, '1h')).toEqual([]);
    expect(await second.history.usage('work/1', '1h')).not.toEqual([]);
  });
});

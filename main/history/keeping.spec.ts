import { beforeEach, describe, expect, it, vi } from 'vitest';
import { idTime } from '../../bridge/schema/events.js';
import type { PastState } from '../../bridge/schema/history.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { anEvent } from '../../tests/support/history-events.js';
import { historyLevels, keysOf } from '../../tests/support/history-level.js';
import { aSample } from '../../tests/support/samples.js';
import { archivedMarks, archivedUsage } from './archive.js';
import { chunkKey, dayMs, hourMs, minutes, quarters } from './chunks.js';
import { StoredEvents } from './events.js';
import type { DiskChange, HistoryDisk } from './history-disk.js';
import { entriesOf, progressOf } from './journal-store.js';
import { hourOf, Keeping, shiftStretch } from './keeping.js';
import type { Level } from './level-folder.js';
import { Notes } from './notes.js';
import { RecentStates } from './recent-states.js';
import { RecentUsage } from './recent-usage.js';
import { ServerNumbers } from './server-numbers.js';
import { rowOf } from './sample-rows.js';

const minute = 60_000;
/** Start of an hour of the wall clock, which is ahead of the monotonic time. */
const wholeHour = 19_675 * dayMs + 5 * hourMs;
const ahead = 7 * hourMs;
const aLevel = historyLevels();
let level: Level;

beforeEach(async () => {
  level = await aLevel();
});

/** One run of Perch: its data in memory, and the part under test. `at` = wall-clock time. */
function aRun(at: number, mostBytes = Infinity) {
  const clock = new FakeClock(at - ahead);
  clock.setWall(at);
  const states = new RecentStates();
  const usage = new RecentUsage(clock);
  const [notes, numbers, events] = [new Notes(states), new ServerNumbers(), new StoredEvents()];
  const keeping = new Keeping({ clock, usage, states, notes, numbers, events, mostBytes });
  let isRefused = false;
  const disk: Pick<HistoryDisk, 'write'> = {
    write: async (changes: DiskChange[]) => {
      if (isRefused) return false;
      await level.batch(changes);
      return true;
    },
  };
  return {
    clock,
    events,
    keeping,
    notes,
    numbers,
    states,
    usage,
    refuse: (isSo: boolean) => (isRefused = isSo),
    begin: (isGone: (serverId: string) => boolean = () => false) => keeping.begin(level, isGone),
    rollUp: () => keeping.rollUp(level),
    saw(server: string, state: PastState) {
      if (states.set(server, state, clock.now())) notes.state(server, state, clock.now());
    },
    measured(server: string, cpuPercent = 1) {
      const row = rowOf(aSample(clock.now(), { cpuPercent }), 1);
      usage.addRow(server, row);
      notes.usage(server, row);
    },
    async write() {
      notes.close(clock.now(), null);
      await keeping.writeJournal(disk as HistoryDisk);
    },
    /** Passes time and writes the journal at its end. */
    async live(ms: number, everyMs = minute, server = 'home/1') {
      for (const end = clock.now() + ms; clock.now() < end;) {
        clock.sleep(everyMs);
        this.measured(server);
        await this.write();
      }
    },
  };
}

async function journal() {
  const found = [];
  for await (const one of entriesOf(level)) found.push(one);
  return found;
}

const allDay: [number, number] = [wholeHour - 5 * hourMs, wholeHour + 19 * hourMs];
const minutesOf = async (number: number): Promise<number[]> =>
  (await archivedUsage(level, minutes, number, allDay)).map(({ at }) => (at - wholeHour) / minute);

describe('hourOf', () => {
  it('is the beginning of the hour', () => {
    expect(hourOf(wholeHour + hourMs - 1)).toBe(wholeHour);
    expect(hourOf(wholeHour)).toBe(wholeHour);
  });
});

describe('moved', () => {
  it('is the same sample at another time', () => {
    expect(shiftStretch(aSample(5, { cpuPercent: 3 }), 10)).toEqual(aSample(15, { cpuPercent: 3 }));
  });
});

describe('the journal', () => {
  it('is written in the time of the system, with numbers for servers', async () => {
    const run = aRun(wholeHour + 10 * minute);
    await run.begin();
    run.saw('home/1', 'running');
    run.measured('home/2', 42);
    run.clock.sleep(5000);
    await run.write();
    const at = wholeHour + 10 * minute;
    expect(await journal()).toEqual([
      {
        number: 1,
        entry: {
          at: at + 5000,
          isWhole: true,
          isFirst: true,
          states: [{ server: 1, at, state: 'running' }],
          usage: [{ server: 2, row: rowOf(aSample(at, { cpuPercent: 42 }), 1) }],
        },
      },
    ]);
    expect(await keysOf(level, 'n/')).toEqual(['n/home/1', 'n/home/2']);
    expect(run.notes.closed).toEqual([]);
    expect(run.numbers.unwritten).toEqual([]);
  });

  it('has one number after the other, and continues after those of the last run', async () => {
    const first = aRun(wholeHour + 10 * minute);
    await first.begin();
    await first.live(2 * minute);
    const second = aRun(wholeHour + 13 * minute);
    await second.begin();
    await second.live(minute);
    expect((await journal()).map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('writes all waiting data at once after a failed write', async () => {
    const run = aRun(wholeHour + 10 * minute);
    await run.begin();
    run.refuse(true);
    await run.live(3 * minute);
    expect(await journal()).toEqual([]);
    expect(run.notes.closed).toHaveLength(3);
    run.refuse(false);
    await run.live(minute);
    expect((await journal()).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(run.notes.closed).toEqual([]);
  });

  it('includes events, and writes nothing without any', async () => {
    const run = aRun(wholeHour + 10 * minute);
    await run.begin();
    const before = await keysOf(level);
    await run.write();
    expect(await keysOf(level)).toEqual(before);
    run.events.put(anEvent({ id: `${idTime(wholeHour)}-1`, at: wholeHour }));
    await run.write();
    expect(await keysOf(level, 'e/')).toEqual([`e/${idTime(wholeHour)}-1/home/1`]);
    expect(run.events.unwritten).toEqual([]);
  });
});

describe('an hour', () => {
  it('becomes chunks half a minute after its end, not earlier', async () => {
    const run = aRun(wholeHour);
    await run.begin();
    run.saw('home/1', 'running');
    await run.live(hourMs);
    run.clock.sleep(29_999);
    await run.rollUp();
    expect(await minutesOf(1)).toEqual([]);
    run.clock.sleep(1);
    await run.rollUp();
    expect(await minutesOf(1)).toHaveLength(59);
    expect(await archivedMarks(level, 1, allDay)).toEqual([
      { at: wholeHour, state: 'running' },
      { at: wholeHour + hourMs, state: 'unknown' },
    ]);
    expect(run.keeping.rolledTo).toBe(run.clock.now() - 30_000);
  });

  it('keeps the journal of the hour before, for a kill, and deletes older ones', async () => {
    const run = aRun(wholeHour);
    await run.begin();
    for (let hour = 0; hour < 3; hour++) {
      await run.live(hourMs, 10 * minute);
      run.clock.sleep(minute);
      await run.rollUp();
      run.clock.sleep(-minute);
    }
    const left = (await journal()).map(({ entry }) => (entry.at - wholeHour) / minute);
    expect(left[0]).toBe(120);
    expect(await progressOf(level)).toEqual({ from: 18, kept: 12, until: wholeHour + 3 * hourMs });
    expect(await minutesOf(1)).toEqual(Array.from({ length: 17 }, (_none, place) => (place + 1) * 10));
  });

  it('becomes chunks once; a second time changes nothing', async () => {
    const run = aRun(wholeHour);
    await run.begin();
    await run.live(hourMs, 10 * minute);
    run.clock.sleep(minute);
    await run.rollUp();
    const written = vi.spyOn(level, 'batch');
    await run.rollUp();
    expect(written).not.toHaveBeenCalled();
  });

  it('writes the usage before a sleep of days, too', async () => {
    const run = aRun(wholeHour + minute);
    await run.begin();
    await run.live(10 * minute);
    run.clock.sleep(3 * dayMs);
    await run.rollUp();
    const found = await archivedUsage(level, quarters, 1, allDay);
    expect(found.map(({ at }) => (at - wholeHour) / minute)).toEqual([11]);
    expect(run.keeping.rolledTo).toBe(wholeHour + 3 * dayMs - ahead);
  });

  it('is not copied to chunks while the clock is set back, and continues from there', async () => {
    const run = aRun(wholeHour);
    await run.begin();
    await run.live(10 * minute);
    run.clock.setWall(wholeHour - 2 * hourMs + 5 * minute);
    await run.rollUp();
    expect(await minutesOf(1)).toEqual([]);
    expect((await progressOf(level))?.until).toBe(wholeHour - 2 * hourMs);
  });

  it('deletes old data, events included, and data above the size limit', async () => {
    const run = aRun(wholeHour, 0);
    await run.begin();
    const old = [chunkKey(minutes, wholeHour - 3 * dayMs, 9), chunkKey(quarters, wholeHour - 3 * dayMs, 9)];
    const event = `e/${idTime(wholeHour - 100 * dayMs)}-1/home/1`;
    await level.batch([...old, event].map((key) => ({ type: 'put', key, value: Uint8Array.of(1) })));
    await level.compactRange('', '~');
    vi.spyOn(level, 'approximateSize').mockImplementation(async (from) => (from === '' ? 1 : 0));
    await run.live(hourMs, 10 * minute);
    run.clock.sleep(minute);
    await run.rollUp();
    const left = await keysOf(level);
    for (const key of [...old, event]) expect(left).not.toContain(key);
    expect(left).toContain(chunkKey(quarters, wholeHour, 1));
  });
});

describe('the start', () => {
  it('brings the last hour back to memory, in the monotonic time', async () => {
    const first = aRun(wholeHour + 10 * minute);
    await first.begin();
    first.saw('home/1', 'running');
    await first.live(minute, 20_000);
    const second = aRun(wholeHour + 15 * minute);
    await second.begin();
    const begin = wholeHour - ahead;
    expect(second.usage.between('home/1', 0, Infinity).map(({ at }) => (at - begin) / 1000)).toEqual([
      620, 640, 660,
    ]);
    expect(second.states.between('home/1', begin, begin + hourMs)).toEqual([
      { at: begin + 10 * minute, state: 'running' },
      { at: begin + 11 * minute, state: 'unknown' },
    ]);
    expect(second.keeping.rolledTo).toBe(begin);
    expect(second.states.serverIds).toEqual(['home/1']);
    expect(second.usage.serverIds).toEqual(['home/1']);
  });

  it('brings back an hour of usage, which began before the whole hour', async () => {
    const first = aRun(wholeHour - 40 * minute);
    await first.begin();
    await first.live(50 * minute, 10 * minute);
    const second = aRun(wholeHour + 25 * minute);
    await second.begin();
    const begin = wholeHour - ahead;
    expect(second.usage.between('home/1', 0, Infinity).map(({ at }) => (at - begin) / minute)).toEqual([
      -30, -20, -10, 0, 10,
    ]);
    const third = aRun(wholeHour + 35 * minute);
    await third.begin();
    expect(third.usage.between('home/1', 0, Infinity)).toHaveLength(4);
  });

  it('makes chunks of the hours that the last run did not finish', async () => {
    const first = aRun(wholeHour + 50 * minute);
    await first.begin();
    first.saw('home/1', 'running');
    await first.live(20 * minute, 5 * minute);
    const second = aRun(wholeHour + 5 * hourMs + minute);
    await second.begin();
    expect(await minutesOf(1)).toEqual([55, 60, 65, 70]);
    expect(await archivedMarks(level, 1, allDay)).toContainEqual({
      at: wholeHour + 50 * minute,
      state: 'running',
    });
    expect(await progressOf(level)).toEqual({ from: 5, kept: 5, until: wholeHour + 5 * hourMs });
    expect(await journal()).toEqual([]);
  });

  it('makes no chunks of an hour that has some already', async () => {
    const first = aRun(wholeHour);
    await first.begin();
    await first.live(hourMs + minute, 10 * minute);
    await first.rollUp();
    await level.clear({ gte: 'm/', lt: 'm0' });
    const second = aRun(wholeHour + 2 * hourMs + minute);
    await second.begin();
    expect(await minutesOf(1)).toEqual([60, 70]);
  });

  it('keeps the journal of the hour before this one', async () => {
    const first = aRun(wholeHour + 50 * minute);
    await first.begin();
    await first.live(20 * minute, 5 * minute);
    const second = aRun(wholeHour + 75 * minute);
    await second.begin();
    expect(await progressOf(level)).toEqual({ from: 2, kept: 1, until: wholeHour + hourMs });
    expect(await journal()).toHaveLength(4);
    await second.live(minute);
    second.clock.setWall(wholeHour + 121 * minute);
    await second.rollUp();
    expect((await journal())[0]?.number).toBe(2);
  });

  it('forgets removed servers, their numbers and their chunks', async () => {
    const first = aRun(wholeHour);
    await first.begin();
    first.saw('work/1', 'running');
    await first.live(hourMs, 10 * minute);
    first.clock.sleep(minute);
    await first.rollUp();
    const second = aRun(wholeHour + 3 * hourMs);
    await second.begin((id) => id.startsWith('home/'));
    expect(await keysOf(level, 'n/')).toEqual(['n/work/1']);
    expect(await keysOf(level, 'm/')).toEqual([]);
    expect((await keysOf(level, 's/')).length).toBe(1);
    expect(second.usage.serverIds).toEqual([]);
  });

  it('does not search the store if nothing has to be forgotten', async () => {
    const run = aRun(wholeHour);
    const compacted = vi.spyOn(level, 'compactRange');
    await run.begin();
    await run.keeping.forget(level, () => true);
    expect(compacted).not.toHaveBeenCalled();
    run.numbers.of('home/1');
    await run.keeping.forget(level, () => true);
    expect(compacted).toHaveBeenCalled();
  });

  it('continues with a reopened store without restoring twice', async () => {
    const run = aRun(wholeHour + 10 * minute);
    await run.begin();
    await run.live(2 * minute);
    await run.begin();
    expect(run.usage.between('home/1', 0, Infinity)).toHaveLength(2);
    await run.live(minute);
    expect(await keysOf(level, 'j/')).toEqual(['j/000000001', 'j/000000002', 'j/000000003']);
    level = await aLevel();
    await run.begin();
    await run.live(minute);
    expect(await keysOf(level, 'j/')).toEqual(['j/000000004']);
    expect(await keysOf(level, 'n/')).toEqual(['n/home/1']);
  });
});

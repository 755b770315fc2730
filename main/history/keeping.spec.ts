import { beforeEach, describe, expect, it, vi } from 'vitest';
import { idTime } from '../../bridge/events/id-time.js';
import { anEvent } from '../../tests/support/history-events.js';
import { historyLevels, keysOf } from '../../tests/support/history-level.js';
import {
  wallAheadMs,
  allDay,
  journalOf,
  keepingRun,
  minute,
  storedMinutes,
  wholeHour,
} from '../../tests/support/keeping-run.js';
import { aSample } from '../../tests/support/samples.js';
import { archivedMarks, archivedUsage } from './archive.js';
import { chunkKey, dayMs, hourMs, minutes, quarters } from './chunks.js';
import { progressOf } from './journal-store.js';
import { hourOf, shiftStretch } from './keeping.js';
import type { Level } from './level-folder.js';
import { rowOf } from './sample-rows.js';

const aLevel = historyLevels();
let level: Level;

beforeEach(async () => {
  level = await aLevel();
});

const aRun = (at: number, mostBytes?: number) => keepingRun(() => level, at, mostBytes);
const journal = () => journalOf(level);
const minutesOf = (number: number) => storedMinutes(level, number);

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

  it('includes events, and writes no entry without events', async () => {
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

  it('includes an event that waits beside an entry', async () => {
    const run = aRun(wholeHour + 10 * minute);
    await run.begin();
    run.measured('home/1');
    run.events.put(anEvent({ id: `${idTime(wholeHour)}-1`, at: wholeHour }));
    await run.write();
    expect(await journal()).toHaveLength(1);
    expect(await keysOf(level, 'e/')).toHaveLength(1);
  });

  it('has the first number of an hour, also if several hours are written at once', async () => {
    const run = aRun(wholeHour + 30 * minute);
    await run.begin();
    run.refuse(true);
    await run.live(40 * minute, 10 * minute);
    run.refuse(false);
    await run.live(10 * minute, 10 * minute);
    await run.rollUp();
    expect(await progressOf(level)).toEqual({ from: 3, kept: 1, until: wholeHour + hourMs });
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

  it('leaves the memory with its states, apart from the last one, which still applies', async () => {
    const run = aRun(wholeHour);
    await run.begin();
    run.saw('home/1', 'starting');
    run.clock.sleep(minute);
    run.saw('home/1', 'running');
    run.saw('home/2', 'offline');
    run.clock.sleep(minute);
    run.saw('home/2', 'unknown');
    run.clock.sleep(hourMs);
    await run.rollUp();
    expect(run.states.between('home/1', 0, Infinity).map(({ state }) => state)).toEqual([
      'running',
      'unknown',
    ]);
    expect(run.states.serverIds).toEqual(['home/1']);
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
    expect(run.keeping.rolledTo).toBe(wholeHour + 3 * dayMs - wallAheadMs);
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

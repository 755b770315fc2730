import { beforeEach, describe, expect, it, vi } from 'vitest';
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
import { archivedMarks } from './archive.js';
import { hourMs } from './chunks.js';
import { progressOf } from './journal-store.js';
import type { Level } from './level-folder.js';

const aLevel = historyLevels();
let level: Level;

beforeEach(async () => {
  level = await aLevel();
});

const aRun = (at: number) => keepingRun(() => level, at);
const journal = () => journalOf(level);
const minutesOf = (number: number) => storedMinutes(level, number);

describe('the start', () => {
  it('brings the last hour back to memory, in the monotonic time', async () => {
    const first = aRun(wholeHour + 10 * minute);
    await first.begin();
    first.saw('home/1', 'running');
    await first.live(minute, 20_000);
    const second = aRun(wholeHour + 15 * minute);
    await second.begin();
    const begin = wholeHour - wallAheadMs;
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
    const begin = wholeHour - wallAheadMs;
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

  it('makes chunks of every hour in the journal if it is not known how far they go', async () => {
    const first = aRun(wholeHour);
    await first.begin();
    await first.live(hourMs + minute, 10 * minute);
    await first.rollUp();
    await level.clear({ gte: 'm/', lt: 'm0' });
    await level.del('mark');
    const second = aRun(wholeHour + 2 * hourMs + minute);
    await second.begin();
    expect(await minutesOf(1)).toEqual([10, 20, 30, 40, 50, 60, 70]);
  });

  it('keeps the journal of the previous hour', async () => {
    const first = aRun(wholeHour + 50 * minute);
    await first.begin();
    await first.live(20 * minute, 5 * minute);
    const second = aRun(wholeHour + 75 * minute);
    await second.begin();
    expect(await progressOf(level)).toEqual({ from: 2, kept: 1, until: wholeHour + hourMs });
    expect(await journal()).toHaveLength(4);
    expect(await minutesOf(1)).toEqual([55]);
    await second.live(minute);
    second.clock.setWall(wholeHour + 121 * minute);
    await second.rollUp();
    expect((await journal())[0]?.number).toBe(2);
  });

  it('forgets removed servers, their numbers and their chunks', async () => {
    const first = aRun(wholeHour);
    await first.begin();
    first.saw('town/1', 'running');
    await first.live(hourMs, 10 * minute);
    first.clock.sleep(minute);
    await first.rollUp();
    const second = aRun(wholeHour + 3 * hourMs);
    await second.begin((id) => id.startsWith('home/'));
    expect(await keysOf(level, 'n/')).toEqual(['n/town/1']);
    expect(await keysOf(level, 'm/')).toEqual([]);
    expect((await keysOf(level, 's/')).length).toBe(1);
    expect(second.usage.serverIds).toEqual([]);
  });

  it('does not search the store without an event to forget', async () => {
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

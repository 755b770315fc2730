import { beforeEach, describe, expect, it } from 'vitest';
import type { PastState } from '../../bridge/schema/history.js';
import { historyLevels, keysOf } from '../../tests/support/history-level.js';
import { aSample } from '../../tests/support/samples.js';
import { archivedMarks, archivedUsage } from './archive.js';
import { chunkKey, dayMs, hourMs, minutes, quarters, states } from './chunks.js';
import type { DiskChange } from './history-disk.js';
import type { Level } from './level-folder.js';
import type { Mark } from './marks.js';
import { rollUp, type HourOf } from './roll-up.js';

const day = 19_675 * dayMs;
const from = day + 5 * hourMs;
const minute = 60_000;
const allDay: readonly [number, number] = [day, day + dayMs];

const aLevel = historyLevels();
let level: Level;
let written: number[] = [];

beforeEach(async () => {
  level = await aLevel();
  written = [];
});

const mark = (at: number, state: PastState): Mark => ({ at, state });

async function roll(servers: readonly HourOf[], hour = from): Promise<void> {
  await rollUp(level, hour, servers, async (changes: DiskChange[]) => {
    written.push(changes.length);
    await level.batch(changes);
  });
}

const someUsage = [0, 10_000, 60_000, 15 * minute].map((ms, place) =>
  aSample(from + ms, { cpuPercent: place * 10 }),
);

describe('an hour that is over', () => {
  it('becomes minutes of the hour and quarters of the day', async () => {
    await roll([{ number: 1, usage: someUsage, marks: [] }]);
    expect(await keysOf(level)).toEqual([chunkKey(minutes, from, 1), chunkKey(quarters, from, 1)]);
    const inMinutes = await archivedUsage(level, minutes, 1, allDay);
    expect(inMinutes.map(({ at, cpuPercent }) => [at - from, cpuPercent])).toEqual([
      [10_000, 5],
      [60_000, 20],
      [15 * minute, 30],
    ]);
    const inQuarters = await archivedUsage(level, quarters, 1, allDay);
    expect(inQuarters.map(({ at, cpuPercent, high }) => [at - from, cpuPercent, high.cpuPercent])).toEqual([
      [60_000, 10, 20],
      [15 * minute, 30, 30],
    ]);
  });

  it('becomes states of the day, after the existing ones', async () => {
    await roll([{ number: 1, usage: [], marks: [mark(from, 'running'), mark(from + hourMs, 'unknown')] }]);
    const next = from + hourMs;
    await roll(
      [{ number: 1, usage: [], marks: [mark(next, 'running'), mark(next + 5000, 'crashed')] }],
      next,
    );
    expect(await keysOf(level)).toEqual([chunkKey(states, from, 1)]);
    expect(await archivedMarks(level, 1, allDay)).toEqual([
      mark(from, 'running'),
      mark(next + 5000, 'crashed'),
    ]);
  });

  it('joins the existing day, and counts once if repeated', async () => {
    const hourLater = aSample(from + hourMs);
    await roll([{ number: 1, usage: someUsage, marks: [] }]);
    await roll([{ number: 1, usage: [hourLater], marks: [] }], from + hourMs);
    await roll([{ number: 1, usage: someUsage, marks: [] }]);
    expect((await archivedUsage(level, quarters, 1, allDay)).map(({ at }) => at - from)).toEqual([
      60_000,
      15 * minute,
      hourMs,
    ]);
    expect(await archivedUsage(level, minutes, 1, [from, from + hourMs])).toHaveLength(3);
  });

  it('keeps servers apart', async () => {
    await roll([
      { number: 1, usage: [aSample(from, { cpuPercent: 1 })], marks: [] },
      { number: 2, usage: [aSample(from, { cpuPercent: 2 })], marks: [mark(from, 'running')] },
      { number: 3, usage: [], marks: [mark(from, 'offline')] },
    ]);
    expect((await archivedUsage(level, minutes, 2, allDay)).map(({ cpuPercent }) => cpuPercent)).toEqual([2]);
    expect((await archivedUsage(level, minutes, 1, allDay)).map(({ cpuPercent }) => cpuPercent)).toEqual([1]);
    expect(await archivedMarks(level, 3, allDay)).toEqual([mark(from, 'offline')]);
    expect(await keysOf(level)).toEqual(
      [
        ...[1, 2].map((number) => chunkKey(minutes, from, number)),
        ...[1, 2].map((number) => chunkKey(quarters, from, number)),
        ...[2, 3].map((number) => chunkKey(states, from, number)),
      ].sort(),
    );
  });

  it('is written twenty servers at a time, without unknown servers', async () => {
    const servers = Array.from({ length: 45 }, (_none, place) => ({
      number: place + 1,
      usage: [],
      marks: place < 41 ? [mark(from, 'running')] : [],
    }));
    await roll(servers);
    expect(written).toEqual([20, 20, 1]);
    expect(await keysOf(level)).toHaveLength(41);
  });

  it('writes no entry without known data', async () => {
    await roll([{ number: 1, usage: [], marks: [] }]);
    await roll(Array.from({ length: 20 }, (_none, number) => ({ number, usage: someUsage, marks: [] })));
    expect(written).toEqual([40]);
  });
});

describe('rows that a query reads from the archive', () => {
  it('is the time that was asked for, over several chunks, with its first moment and without its last', async () => {
    for (const hour of [0, 1, 2]) {
      const at = from + hour * hourMs;
      await roll([{ number: 1, usage: [aSample(at), aSample(at + minute)], marks: [] }], at);
    }
    const found = await archivedUsage(level, minutes, 1, [from + minute, from + 2 * hourMs + minute]);
    expect(found.map(({ at }) => at - from)).toEqual([minute, hourMs, hourMs + minute, 2 * hourMs]);
  });

  it('is empty for a server without chunks', async () => {
    expect(await archivedUsage(level, minutes, 9, allDay)).toEqual([]);
    expect(await archivedMarks(level, 9, allDay)).toEqual([]);
  });

  it('has the states of each day that overlaps the time', async () => {
    await roll([{ number: 1, usage: [], marks: [mark(from, 'running')] }]);
    await roll([{ number: 1, usage: [], marks: [mark(from + dayMs, 'offline')] }], from + dayMs);
    expect(await archivedMarks(level, 1, [from, from + dayMs + 1])).toEqual([
      mark(from, 'running'),
      mark(from + dayMs, 'offline'),
    ]);
    expect(await archivedMarks(level, 1, [from, day + dayMs])).toEqual([mark(from, 'running')]);
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { historyLevels, keysOf } from '../../tests/support/history-level.js';
import { chunkKey, chunkKinds, dayMs, hourMs, minutes, quarters, states, type ChunkKind } from './chunks.js';
import type { Level } from './level-folder.js';
import { dropOld, dropServers, keepBelow } from './retention.js';

const now = 19_675 * dayMs + 12 * hourMs;
const value = Uint8Array.of(1);
const aLevel = historyLevels();
let level: Level;

beforeEach(async () => {
  level = await aLevel();
});

async function put(...keys: readonly string[]): Promise<void> {
  await level.batch(keys.map((key) => ({ type: 'put', key, value })));
}

/** Keys of other data: retention never touches these. */
const others = ['e/1/home', 'form', 'j/000000001', 'l/1/home', 'mark', 'n/home/1', 'r', 'z'];

describe('retention by age', () => {
  it.each<[string, ChunkKind]>([
    ['minutes', minutes],
    ['quarters', quarters],
    ['states', states],
  ])('deletes %s that are too old, and no younger ones', async (_name, kind) => {
    const tooOld = chunkKey(kind, now - kind.keptMs - kind.spanMs, 1);
    const kept = [chunkKey(kind, now - kind.keptMs, 1), chunkKey(kind, now, 1)];
    await put(tooOld, ...kept, ...others);
    await dropOld(level, now);
    expect(await keysOf(level)).toEqual([...kept, ...others].sort());
  });

  it.each<[string, ChunkKind]>([
    ['minutes', minutes],
    ['quarters', quarters],
    ['states', states],
  ])('deletes %s dated more than two days ahead, by a wrong clock', async (_name, kind) => {
    const ahead = chunkKey(kind, now + 2 * dayMs, 1);
    const near = chunkKey(kind, now + 2 * dayMs - kind.spanMs, 1);
    await put(ahead, near, ...others);
    await dropOld(level, now);
    expect(await keysOf(level)).toEqual([near, ...others].sort());
  });
});

describe('retention by size', () => {
  /** Makes the store report one byte for each chunk. */
  function sized(): void {
    vi.spyOn(level, 'approximateSize').mockImplementation(async () => (await keysOf(level)).length);
  }

  async function fill(): Promise<void> {
    for (let day = 0; day < 3; day++)
      await put(chunkKey(quarters, now + day * dayMs, 1), chunkKey(quarters, now + day * dayMs, 2));
    for (let hour = 0; hour < 3; hour++)
      await put(chunkKey(minutes, now + hour * hourMs, 1), chunkKey(minutes, now + hour * hourMs, 2));
    await put(chunkKey(states, now, 1));
    sized();
  }

  it('deletes nothing up to the size limit', async () => {
    await fill();
    await keepBelow(level, 13);
    expect(await keysOf(level)).toHaveLength(13);
  });

  it('deletes the oldest day of all servers first, and stops as soon as the rest fits', async () => {
    await fill();
    await keepBelow(level, 12);
    expect(await keysOf(level, 'q/')).toEqual(
      [1, 2].flatMap((day) => [1, 2].map((number) => chunkKey(quarters, now + day * dayMs, number))),
    );
    expect(await keysOf(level, 'm/')).toHaveLength(6);
  });

  it('deletes hours once a single day is left', async () => {
    await fill();
    await keepBelow(level, 8);
    expect(await keysOf(level, 'q/')).toEqual(
      [1, 2].map((number) => chunkKey(quarters, now + 2 * dayMs, number)),
    );
    expect(await keysOf(level, 'm/')).toEqual(
      [1, 2]
        .flatMap((hour) => [1, 2].map((number) => chunkKey(minutes, now + hour * hourMs, number)))
        .slice(0, 4),
    );
  });

  it('never deletes the newest day, the newest hour, or states', async () => {
    await fill();
    await keepBelow(level, 0);
    expect(await keysOf(level)).toEqual(
      [
        ...[1, 2].map((number) => chunkKey(minutes, now + 2 * hourMs, number)),
        ...[1, 2].map((number) => chunkKey(quarters, now + 2 * dayMs, number)),
        chunkKey(states, now, 1),
      ].sort(),
    );
  });

  it('ends without a chunk to delete', async () => {
    await put(...others);
    sized();
    await keepBelow(level, 0);
    expect(await keysOf(level)).toEqual(others);
  });

  it('measures the whole store, and frees the room of deleted chunks', async () => {
    await fill();
    const compacted = vi.spyOn(level, 'compactRange');
    await keepBelow(level, 12);
    expect(level.approximateSize).toHaveBeenCalledWith('', '~');
    const first = chunkKey(quarters, now, 1).slice(0, -1);
    expect(compacted.mock.calls).toEqual([[first, `${first}~`]]);
  });
});

describe('retention of a removed panel', () => {
  it('deletes all chunks of its servers, and the chunks of no other server', async () => {
    const of = (number: number): string[] =>
      chunkKinds.flatMap((kind) => [chunkKey(kind, now, number), chunkKey(kind, now - dayMs, number)]);
    await put(...of(1), ...of(2), ...of(11), ...of(12), ...others);
    await dropServers(level, new Set([1, 12]), []);
    expect(await keysOf(level)).toEqual([...of(2), ...of(11), ...others].sort());
  });

  it('applies further changes in the same step', async () => {
    await put('n/home/1', 'n/town/1', chunkKey(states, now, 1));
    const written = vi.spyOn(level, 'batch');
    await dropServers(level, new Set([1]), [{ type: 'del', key: 'n/home/1' }]);
    expect(await keysOf(level)).toEqual(['n/town/1']);
    expect(written).toHaveBeenCalledTimes(1);
  });

  it('deletes more chunks than fit into a batch', async () => {
    const keys = Array.from({ length: 2500 }, (_none, hour) => chunkKey(minutes, now - hour * hourMs, 1));
    const kept = chunkKey(minutes, now, 2);
    await put(...keys, kept);
    const written = vi.spyOn(level, 'batch');
    await dropServers(level, new Set([1]), []);
    expect(await keysOf(level)).toEqual([kept]);
    const sizes = (written.mock.calls as unknown as [unknown[]][]).map(([changes]) => changes.length);
    expect(sizes).toEqual([1000, 1000, 500]);
  });

  it('removes deleted data from the files, too', async () => {
    const compacted = vi.spyOn(level, 'compactRange');
    await dropServers(level, new Set([1]), []);
    expect(compacted.mock.calls).toEqual([['', '~']]);
  });
});

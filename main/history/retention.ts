import { inBatches } from './batches.js';
import { chunkKinds, chunkRange, dayMs, firstKey, minutes, numberIn, quarters } from './chunks.js';
import type { DiskChange } from './history-disk.js';
import type { Level } from './level-folder.js';
import { seenRange } from './seen-entries.js';

const changesAtOnce = 1000;
/** Chunks dated further ahead come from a wrong system clock. They would otherwise stay forever. */
const futureMs = 2 * dayMs;

/** Deletes chunks that are too old by wall-clock time. */
export async function dropOld(level: Level, now: number): Promise<void> {
  for (const kind of chunkKinds) {
    const { gte, lt } = chunkRange(kind);
    await level.clear({ gte, lt: firstKey(kind, now - kind.keptMs) });
    await level.clear({ gte: firstKey(kind, now + futureMs), lt });
  }
}

/** Deletes the oldest chunks above this size: first days of the last month, then hours of the last day. */
export async function keepBelow(level: Level, mostBytes: number): Promise<void> {
  for (const kind of [quarters, minutes]) {
    while ((await level.approximateSize('', '~')) > mostBytes) {
      const [oldest] = await level.keys({ ...chunkRange(kind), limit: 1 }).all();
      const [newest] = await level.keys({ ...chunkRange(kind), limit: 1, reverse: true }).all();
      const spanOf = (key = ''): string => key.slice(0, key.lastIndexOf('/') + 1);
      if (spanOf(oldest) === spanOf(newest)) break;
      const range = { gte: spanOf(oldest), lt: `${spanOf(oldest)}~` };
      await level.clear(range);
      await level.compactRange(range.gte, range.lt);
    }
  }
}

/** Deletes the chunks and seen players of these servers and compacts, so that they leave the disk. */
export async function dropServers(
  level: Level,
  numbers: ReadonlySet<number>,
  named: readonly DiskChange[],
): Promise<void> {
  async function* gone(): AsyncGenerator<DiskChange> {
    yield* named;
    for (const kind of chunkKinds) {
      for await (const key of level.keys(chunkRange(kind))) {
        if (numbers.has(numberIn(key))) yield { type: 'del', key };
      }
    }
    for (const number of numbers) {
      for await (const key of level.keys(seenRange(number))) yield { type: 'del', key };
    }
  }
  for await (const changes of inBatches(gone(), changesAtOnce)) await level.batch(changes);
  await level.compactRange('', '~');
}

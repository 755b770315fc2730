import { chunkKinds, dayMs, firstKey, minutes, numberIn, quarters } from './chunks.js';
import type { DiskChange } from './history-disk.js';
import type { Level } from './level-folder.js';

const changesAtOnce = 1000;
/** Chunks dated further ahead come from a wrong system clock. They would otherwise stay forever. */
const futureMs = 2 * dayMs;

/** Deletes chunks that are too old by wall-clock time. */
export async function dropOld(level: Level, now: number): Promise<void> {
  for (const kind of chunkKinds) {
    await level.clear({ gte: `${kind.letter}/`, lt: firstKey(kind, now - kind.keptMs) });
    await level.clear({ gte: firstKey(kind, now + futureMs), lt: `${kind.letter}0` });
  }
}

/** Deletes the oldest chunks above this size: first days of the last month, then hours of the last day. */
export async function keepBelow(level: Level, mostBytes: number): Promise<void> {
  for (const kind of [quarters, minutes]) {
    while ((await level.approximateSize('', '~')) > mostBytes) {
      const [begin, end] = [`${kind.letter}/`, `${kind.letter}0`];
      const [oldest] = await level.keys({ gte: begin, lt: end, limit: 1 }).all();
      const [newest] = await level.keys({ gte: begin, lt: end, limit: 1, reverse: true }).all();
      const spanOf = (key = ''): string => key.slice(0, key.lastIndexOf('/') + 1);
      if (spanOf(oldest) === spanOf(newest)) break;
      const range = { gte: spanOf(oldest), lt: `${spanOf(oldest)}~` };
      await level.clear(range);
      await level.compactRange(range.gte, range.lt);
    }
  }
}

/** Deletes the chunks of these servers and compacts, so that they leave the disk. */
export async function dropServers(
  level: Level,
  numbers: ReadonlySet<number>,
  named: readonly DiskChange[],
): Promise<void> {
  let changes: DiskChange[] = [...named];
  for (const { letter } of chunkKinds) {
    for await (const key of level.keys({ gte: `${letter}/`, lt: `${letter}0` })) {
      if (numbers.has(numberIn(key))) changes.push({ type: 'del', key });
      if (changes.length < changesAtOnce) continue;
      await level.batch(changes);
      changes = [];
    }
  }
  await level.batch(changes);
  await level.compactRange('', '~');
}

import { chunkKinds, dayMs, firstKey, minutes, numberIn, quarters } from './chunks.js';
import type { Change } from './history-disk.js';
import type { Level } from './level-folder.js';

const changesAtOnce = 1000;
/** What the system's clock, which was wrong, put there would stay for ever. */
const futureMs = 2 * dayMs;

/** Lets go of what is too old, by the system's time. */
export async function dropOld(level: Level, now: number): Promise<void> {
  for (const kind of chunkKinds) {
    await level.clear({ gte: `${kind.letter}/`, lt: firstKey(kind, now - kind.keptMs) });
    await level.clear({ gte: firstKey(kind, now + futureMs), lt: `${kind.letter}0` });
  }
}

/** Where it takes more than that, the oldest goes: first days of the last month, then hours of the last day. */
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

/** Takes the chunks of these servers from the disk, and sees to it that they really leave it. */
export async function dropServers(
  level: Level,
  numbers: ReadonlySet<number>,
  named: readonly Change[],
): Promise<void> {
  let changes: Change[] = [...named];
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

import type { UsageSample } from '../../bridge/schema/history.js';
import { chunkKey, marksIn, spansOf, states, usageIn, type ChunkKind, type UsageKind } from './chunks.js';
import type { Level } from './level-folder.js';
import type { Mark } from './marks.js';

/** Oldest first, with wall-clock times. */
export async function archivedUsage(
  level: Level,
  kind: UsageKind,
  number: number,
  [from, to]: readonly [number, number],
): Promise<UsageSample[]> {
  const found = await chunksOf(level, kind, number, from, to);
  return found
    .flatMap(([span, bytes]) => usageIn(bytes, span, kind.spanMs))
    .filter(({ at }) => at >= from && at < to);
}

export async function archivedMarks(
  level: Level,
  number: number,
  [from, to]: readonly [number, number],
): Promise<Mark[]> {
  const found = await chunksOf(level, states, number, from, to);
  return found.flatMap(([span, bytes]) => marksIn(bytes, span));
}

async function chunksOf(
  level: Level,
  kind: ChunkKind,
  number: number,
  from: number,
  to: number,
): Promise<(readonly [span: number, bytes: Uint8Array | undefined])[]> {
  const spans = spansOf(kind, from, to);
  const values = await level.getMany(spans.map((span) => chunkKey(kind, span, number)));
  return spans.map((span, place) => [span, values[place]]);
}

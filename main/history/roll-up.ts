import type { UsageSample } from '../../bridge/schema/history.js';
import { inBatches } from './batches.js';
import {
  chunkKey,
  mergeStretches,
  markBytes,
  marksIn,
  minutes,
  quarters,
  spansOf,
  states,
  usageBytes,
  usageIn,
  type ChunkKind,
} from './chunks.js';
import { foldStretches } from './fold.js';
import type { DiskChange } from './history-disk.js';
import type { Level } from './level-folder.js';
import { tidy, type Mark } from './marks.js';

/** Data of one server in the hour, with wall-clock times. */
export interface HourOf {
  readonly number: number;
  readonly usage: readonly UsageSample[];
  readonly marks: readonly Mark[];
}

/** Servers per write, so that other reads and writes wait briefly. */
const serversAtOnce = 20;

/** Adds the hour from `from` to the chunks on disk. A repetition is harmless. */
export async function rollUp(
  level: Level,
  from: number,
  servers: Iterable<HourOf>,
  write: (changes: DiskChange[]) => Promise<void>,
): Promise<void> {
  for await (const some of inBatches(servers, serversAtOnce)) {
    const changes = await changesOf(level, from, some);
    if (changes.length > 0) await write(changes);
  }
}

async function changesOf(level: Level, from: number, servers: readonly HourOf[]): Promise<DiskChange[]> {
  const changes: DiskChange[] = [];
  for (const kind of [minutes, quarters]) {
    const measured = servers.filter(({ usage }) => usage.length > 0);
    const merge = (before: Uint8Array | undefined, { usage }: HourOf, span: number): Uint8Array => {
      const earlier = usageIn(before, span, kind.spanMs);
      const later = foldStretches(usage, kind.sampleMs);
      return usageBytes(mergeStretches(earlier, later, kind.sampleMs), span);
    };
    changes.push(...(await merged(level, kind, from, measured, merge)));
  }
  const seen = servers.filter(({ marks }) => marks.length > 0);
  const merge = (before: Uint8Array | undefined, { marks }: HourOf, span: number): Uint8Array =>
    markBytes(tidy([...marksIn(before, span), ...marks]), span);
  return [...changes, ...(await merged(level, states, from, seen, merge))];
}

async function merged(
  level: Level,
  kind: ChunkKind,
  from: number,
  servers: readonly HourOf[],
  merge: (before: Uint8Array | undefined, server: HourOf, span: number) => Uint8Array,
): Promise<DiskChange[]> {
  const [span = from] = spansOf(kind, from, from + 1);
  const keys = servers.map(({ number }) => chunkKey(kind, from, number));
  const before = await level.getMany(keys);
  return servers.map((server, place) => ({
    type: 'put',
    key: keys[place] ?? '',
    value: merge(before[place], server, span),
  }));
}

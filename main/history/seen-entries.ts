/** Entries of seen players on disk: one for each name of a server. Times are wall-clock times. Pure. */
import type { SeenPlayer } from '../base/past.js';
import { ByteSink, readBytes } from './bytes.js';
import { dayMs } from './chunks.js';
import { rangeOf, type KeyRange } from './key-range.js';
import type { Level } from './level-folder.js';

const prefix = 'p/';
const keptMs = 90 * dayMs;
/** Entries dated further ahead come from a wrong system clock. They would otherwise stay forever. */
const futureMs = 2 * dayMs;
const secondMs = 1000;

/** Limit of stored names of one server: those last seen stay. */
export const mostNames = 2000;

/** `number` = number of the server. The name comes last, because a name may hold any character. */
export function seenKey(number: number, name: string): string {
  return `${prefix}${number}/${name}`;
}

export function seenRange(number: number): KeyRange {
  return rangeOf(`${prefix}${number}/`);
}

export function seenBytes({ firstAt, lastAt, playedMs }: SeenPlayer): Uint8Array {
  const sink = new ByteSink();
  const first = Math.floor(firstAt / secondMs);
  sink.unsigned(first);
  sink.unsigned(Math.max(0, Math.floor(lastAt / secondMs) - first));
  sink.unsigned(Math.round(playedMs));
  return sink.bytes;
}

/** null for missing or damaged bytes. */
export function seenIn(name: string, bytes: Uint8Array | undefined): SeenPlayer | null {
  return readBytes(bytes, (source) => {
    const firstAt = source.unsigned() * secondMs;
    return { name, firstAt, lastAt: firstAt + source.unsigned() * secondMs, playedMs: source.unsigned() };
  });
}

/** Entries of a server. Skips damaged entries. */
export async function storedSeen(level: Level, number: number): Promise<SeenPlayer[]> {
  const range = seenRange(number);
  const found: SeenPlayer[] = [];
  for await (const [key, value] of level.iterator(range)) {
    const one = seenIn(key.slice(range.gte.length), value);
    if (one !== null) found.push(one);
  }
  return found;
}

/** Merges both entries of one name. */
export function mergeSeen(one: SeenPlayer, other: SeenPlayer): SeenPlayer {
  return {
    name: one.name,
    firstAt: Math.min(one.firstAt, other.firstAt),
    lastAt: Math.max(one.lastAt, other.lastAt),
    playedMs: one.playedMs + other.playedMs,
  };
}

export function movedSeen(one: SeenPlayer, by: number): SeenPlayer {
  return { ...one, firstAt: one.firstAt + by, lastAt: one.lastAt + by };
}

export function lastSeenFirst(all: Iterable<SeenPlayer>): SeenPlayer[] {
  return [...all].sort((one, other) => other.lastAt - one.lastAt);
}

/** Entries of a server that are too old, in the future, or too many. */
export function droppedSeen(all: readonly SeenPlayer[], wall: number): SeenPlayer[] {
  const isKept = ({ lastAt }: SeenPlayer): boolean => lastAt >= wall - keptMs && lastAt <= wall + futureMs;
  const kept = new Set(lastSeenFirst(all.filter(isKept)).slice(0, mostNames));
  return all.filter((one) => !kept.has(one));
}

/*
 * Chunks of one server's history on disk: an hour of minutes, a day of quarter hours, or a day of states.
 * Keys begin with the time, so new chunks are written at one end and old ones deleted at the other. All times are
 * wall-clock times.
 */
import { pastStateSchema } from '../../bridge/schema/history.js';
import type { UsageSample } from '../../bridge/schema/history.js';
import { ByteSink, readBytes, type ByteSource } from './bytes.js';
import { rangeOf, type KeyRange } from './key-range.js';
import type { Mark } from './marks.js';
import { RowReader, rowOf, RowWriter, sampleOf } from './sample-rows.js';

export const hourMs = 60 * 60_000;
export const dayMs = 24 * hourMs;
const secondMs = 1000;

export interface ChunkKind {
  readonly letter: string;
  /** Time that one chunk covers, in ms. */
  readonly spanMs: number;
  readonly keptMs: number;
}

export interface UsageKind extends ChunkKind {
  readonly sampleMs: number;
}

export const minutes: UsageKind = { letter: 'm', spanMs: hourMs, keptMs: dayMs + hourMs, sampleMs: 60_000 };
export const quarters: UsageKind = { letter: 'q', spanMs: dayMs, keptMs: 31 * dayMs, sampleMs: 15 * 60_000 };
export const states: ChunkKind = { letter: 's', spanMs: dayMs, keptMs: 92 * dayMs };
export const chunkKinds = [minutes, quarters, states] as const;

const pastStates = pastStateSchema.options;

/** `number` = number of the server. */
export function chunkKey(kind: ChunkKind, at: number, number: number): string {
  return `${firstKey(kind, at)}${number}`;
}

/** First key of the chunks of this time. */
export function firstKey({ letter, spanMs }: ChunkKind, at: number): string {
  const place = Math.min(Math.max(0, Math.floor(at / spanMs)), 36 ** 6 - 1);
  return `${letter}/${place.toString(36).padStart(6, '0')}/`;
}

export function chunkRange({ letter }: ChunkKind): KeyRange {
  return rangeOf(`${letter}/`);
}

export function numberIn(key: string): number {
  return Number(key.slice(key.lastIndexOf('/') + 1));
}

/** Starts of the chunks that cover this time. */
export function spansOf({ spanMs }: ChunkKind, from: number, to: number): number[] {
  const spans = [];
  for (let at = Math.floor(from / spanMs) * spanMs; at < to; at += spanMs) spans.push(at);
  return spans;
}

export function usageBytes(samples: readonly UsageSample[], span: number): Uint8Array {
  const sink = new ByteSink();
  const writer = new RowWriter(sink, secondOf(span));
  for (const sample of samples) writer.add(rowOf(sample, secondMs));
  return sink.bytes;
}

/** Samples of usage in a chunk. For a damaged chunk, only those before the damage. */
export function usageIn(bytes: Uint8Array | undefined, span: number, spanMs: number): UsageSample[] {
  const rows = readAll(bytes, (source) => {
    const reader = new RowReader(source, secondOf(span));
    return () => reader.next();
  });
  return rows.map((row) => sampleOf(row, secondMs)).filter(({ at }) => at >= span && at <= span + spanMs);
}

/** Merges both lists. In each slot of `sampleMs` the later sample replaces the earlier one. */
export function mergeStretches(
  earlier: readonly UsageSample[],
  later: readonly UsageSample[],
  sampleMs: number,
): UsageSample[] {
  const byPlace = new Map([...earlier, ...later].map((one) => [Math.floor(one.at / sampleMs), one]));
  return [...byPlace.values()].sort((a, b) => a.at - b.at);
}

export function markBytes(marks: readonly Mark[], span: number): Uint8Array {
  const sink = new ByteSink();
  let before = secondOf(span);
  for (const { at, state } of marks) {
    const second = secondOf(at);
    sink.signed(second - before);
    sink.unsigned(pastStates.indexOf(state));
    before = second;
  }
  return sink.bytes;
}

export function marksIn(bytes: Uint8Array | undefined, span: number): Mark[] {
  let second = secondOf(span);
  const marks = readAll(bytes, (source) => () => {
    second += source.signed();
    return { at: second * secondMs, state: pastStates[source.unsigned()] ?? 'unknown' };
  });
  return marks.filter(({ at }) => at >= span && at <= span + dayMs);
}

function secondOf(at: number): number {
  return Math.floor(at / secondMs);
}

/** All items of a chunk; of damaged bytes those before the damage. `reader` returns the function that reads one item. */
function readAll<T>(bytes: Uint8Array | undefined, reader: (source: ByteSource) => () => T): T[] {
  const found: T[] = [];
  readBytes(bytes, (source) => {
    const next = reader(source);
    while (!source.isOver) found.push(next());
  });
  return found;
}

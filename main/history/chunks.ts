/*
 * Chunks of one server's history on disk: an hour of minutes, a day of quarter hours, or a day of states.
 * Keys begin with the time, so new chunks are written at one end and old ones deleted at the other. All times are
 * wall-clock times.
 */
import { pastStateSchema } from '../../bridge/schema/history.js';
import type { UsageSample } from '../../bridge/schema/history.js';
import { ByteSink, ByteSource } from './bytes.js';
import type { Mark } from './marks.js';
import { RowReader, RowWriter } from './sample-rows.js';

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
  const writer = new RowWriter(sink, secondMs, span);
  for (const sample of samples) writer.add(sample);
  return sink.bytes;
}

/** Samples of usage in a chunk. For a damaged chunk, only those before the damage. */
export function usageIn(bytes: Uint8Array | undefined, span: number, spanMs: number): UsageSample[] {
  if (bytes === undefined) return [];
  const source = new ByteSource(bytes);
  const reader = new RowReader(source, secondMs, span);
  return readAll(source, () => reader.next()).filter(({ at }) => at >= span && at <= span + spanMs);
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
  let before = Math.floor(span / secondMs);
  for (const { at, state } of marks) {
    const second = Math.floor(at / secondMs);
    sink.signed(second - before);
    sink.unsigned(pastStates.indexOf(state));
    before = second;
  }
  return sink.bytes;
}

export function marksIn(bytes: Uint8Array | undefined, span: number): Mark[] {
  if (bytes === undefined) return [];
  const source = new ByteSource(bytes);
  let second = Math.floor(span / secondMs);
  return readAll(source, () => {
    second += source.signed();
    return { at: second * secondMs, state: pastStates[source.unsigned()] ?? 'unknown' };
  }).filter(({ at }) => at >= span && at <= span + dayMs);
}

function readAll<T>(source: ByteSource, next: () => T): T[] {
  const found: T[] = [];
  try {
    while (!source.isOver) found.push(next());
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}

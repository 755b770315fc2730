/** Samples as columns for a chart. Pure. */
import type { UsageSample } from '../../../../bridge/schema/history.js';
import type { ChartLine } from './chart-kinds.js';
import type { Span } from './chart-span.js';

/** Values of one line; null = not measured. */
export type Column = readonly (number | null)[];

/** Times and the values of each line, all of the same length. */
export interface Columns {
  readonly times: readonly number[];
  readonly values: readonly Column[];
  /** Minimum and maximum of each line; equal to the value for a single reading. */
  readonly lows: readonly Column[];
  readonly highs: readonly Column[];
}

/** Samples of a span, and the nearest on each side, so lines reach the edges. Samples are in time order. */
export function inSight(samples: readonly UsageSample[], { from, until }: Span): readonly UsageSample[] {
  return samples.slice(Math.max(0, firstAfter(samples, from - 1) - 1), firstAfter(samples, until) + 1);
}

/** Past samples, then the newer live samples up to a moment. */
export function joinSamples(
  past: readonly UsageSample[],
  live: readonly UsageSample[],
  until: number,
): readonly UsageSample[] {
  const last = past.at(-1)?.at ?? -Infinity;
  return [...past, ...live.slice(firstAfter(live, last), firstAfter(live, until))];
}

/** Columns of the samples, with an empty entry in each gap, so that no line crosses the gap. */
export function columns(samples: readonly UsageSample[], lines: readonly ChartLine[]): Columns {
  const times: number[] = [];
  const empty = (): (number | null)[][] => lines.map(() => []);
  const [values, lows, highs] = [empty(), empty(), empty()];
  const all = [...values, ...lows, ...highs];
  let before: UsageSample | undefined;
  for (const sample of samples) {
    if (before !== undefined && sample.afterGap) {
      times.push((before.at + sample.at) / 2);
      for (const column of all) column.push(null);
    }
    const { low, high } = sample;
    times.push(sample.at);
    lines.forEach(({ of }, index) => {
      values[index]?.push(of(sample));
      lows[index]?.push(of(low));
      highs[index]?.push(of(high));
    });
    before = sample;
  }
  return { times, values, lows, highs };
}

/** Indexes of values alone between gaps, drawn as dots because no line reaches them. */
export function lonely(column: ArrayLike<number | null | undefined>): number[] {
  const found: number[] = [];
  const empty = (index: number): boolean => (column[index] ?? null) === null;
  for (let index = 0; index < column.length; index += 1) {
    if (!empty(index) && empty(index - 1) && empty(index + 1)) found.push(index);
  }
  return found;
}

/** Highest value; null for an empty column. */
export function highest(column: Column): number | null {
  return column.reduce((most, value) => (value !== null && value > (most ?? -Infinity) ? value : most), null);
}

/**
 * Sample at a moment; null in a gap and outside of the recording. `reachMs` = greatest distance to a sample, in ms.
 */
export function sampleNear(samples: readonly UsageSample[], at: number, reachMs: number): UsageSample | null {
  const index = firstAfter(samples, at);
  const before = samples[index - 1];
  const after = samples[index];
  const nearest = after === undefined || (before && at - before.at <= after.at - at) ? before : after;
  if (nearest === undefined) return null;
  const between = before !== undefined && after !== undefined && !after.afterGap;
  return between || Math.abs(nearest.at - at) <= reachMs ? nearest : null;
}

/**
 * Time that a key moves the cross-hair to: Left and Right by a sample, Page Up and Page Down by a page, Home and End
 * to the ends. Without a cross-hair, movement starts at the newest sample. Undefined = no key of the chart.
 */
export function movedCrossHair(
  samples: readonly UsageSample[],
  at: number | null,
  key: string,
  pageMs: number,
): number | undefined {
  const last = samples.at(-1)?.at;
  const first = samples[0]?.at;
  if (first === undefined || last === undefined) return undefined;
  const from = at ?? last;
  const within = (wanted: number | undefined): number => Math.min(last, Math.max(first, wanted ?? from));
  switch (key) {
    case 'ArrowLeft':
      return at === null ? last : within(samples[firstAfter(samples, from - 1) - 1]?.at);
    case 'ArrowRight':
      return at === null ? last : within(samples[firstAfter(samples, from)]?.at);
    case 'PageUp':
      return nearestTo(samples, within(from - pageMs));
    case 'PageDown':
      return nearestTo(samples, within(from + pageMs));
    case 'Home':
      return first;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

function nearestTo(samples: readonly UsageSample[], at: number): number {
  const index = firstAfter(samples, at);
  const before = samples[index - 1]?.at ?? -Infinity;
  const after = samples[index]?.at ?? Infinity;
  return at - before <= after - at ? before : after;
}

/** Index of the first sample later than `at`; the length if there is none. */
function firstAfter(samples: readonly UsageSample[], at: number): number {
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((samples[middle]?.at ?? Infinity) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

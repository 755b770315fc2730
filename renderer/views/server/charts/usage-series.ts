/** Samples as a chart needs them: pure, so that they can be judged without a window. */
import type { UsageStretch } from '../../../../bridge/schema/history.js';
import type { ChartLine } from './chart-kinds.js';
import type { Span } from './chart-span.js';

/** Values of one line; null = nothing was measured. */
export type Column = readonly (number | null)[];

/** Times, then the values of each line; all of the same length. */
export interface Columns {
  readonly times: readonly number[];
  readonly values: readonly Column[];
  /** The least and the most of each line; of a single reading that same one. */
  readonly lows: readonly Column[];
  readonly highs: readonly Column[];
}

/** Those of a span, and the nearest on each side, which a line leads to. Samples are in order of their time. */
export function inSight(samples: readonly UsageStretch[], { from, until }: Span): readonly UsageStretch[] {
  return samples.slice(Math.max(0, firstAfter(samples, from - 1) - 1), firstAfter(samples, until) + 1);
}

/** What is newer than the last of the past goes on with the live ones, up to a moment. */
export function joined(
  past: readonly UsageStretch[],
  live: readonly UsageStretch[],
  until: number,
): readonly UsageStretch[] {
  const last = past.at(-1)?.at ?? -Infinity;
  return [...past, ...live.slice(firstAfter(live, last), firstAfter(live, until))];
}

/** With an empty moment in each gap, so that no line is drawn over it. */
export function columns(samples: readonly UsageStretch[], lines: readonly ChartLine[]): Columns {
  const times: number[] = [];
  const empty = (): (number | null)[][] => lines.map(() => []);
  const [values, lows, highs] = [empty(), empty(), empty()];
  const all = [...values, ...lows, ...highs];
  let before: UsageStretch | undefined;
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

/** Where a value is alone between gaps: no line leads there, so a dot shows it. */
export function lonely(column: ArrayLike<number | null | undefined>): number[] {
  const found: number[] = [];
  const empty = (index: number): boolean => (column[index] ?? null) === null;
  for (let index = 0; index < column.length; index += 1) {
    if (!empty(index) && empty(index - 1) && empty(index + 1)) found.push(index);
  }
  return found;
}

/** The highest value; null where there is none. */
export function highest(column: Column): number | null {
  return column.reduce((most, value) => (value !== null && value > (most ?? -Infinity) ? value : most), null);
}

/**
 * What was measured at a moment; null within a gap, and before and after everything. `reachMs` = this near to a sample a
 * moment still belongs to it, although nothing was measured right there.
 */
export function sampleNear(
  samples: readonly UsageStretch[],
  at: number,
  reachMs: number,
): UsageStretch | null {
  const index = firstAfter(samples, at);
  const before = samples[index - 1];
  const after = samples[index];
  const nearest = after === undefined || (before && at - before.at <= after.at - at) ? before : after;
  if (nearest === undefined) return null;
  const between = before !== undefined && after !== undefined && !after.afterGap;
  return between || Math.abs(nearest.at - at) <= reachMs ? nearest : null;
}

/**
 * Where a key moves the cross-hair to: Left and Right by a sample, Page Up and Page Down by a page, Home and End to
 * the ends. Without a cross-hair each begins at the newest. Undefined = not a key of the chart.
 */
export function moved(
  samples: readonly UsageStretch[],
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

function nearestTo(samples: readonly UsageStretch[], at: number): number {
  const index = firstAfter(samples, at);
  const before = samples[index - 1]?.at ?? -Infinity;
  const after = samples[index]?.at ?? Infinity;
  return at - before <= after - at ? before : after;
}

/** Index of the first sample that is later than `at`; the length where none is. */
function firstAfter(samples: readonly UsageStretch[], at: number): number {
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((samples[middle]?.at ?? Infinity) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How high a chart reaches, and which values are written at its side. */
import type { ChartKind } from './chart-kinds.js';

export interface ChartScale {
  readonly top: number;
  /** Lowest first; zero is the ground and needs no word. */
  readonly ticks: readonly number[];
}

/** Space above the highest line. */
const air = 1.08;

/**
 * The figures themselves say how high it is: against a limit that is far above them all of them are one flat line. The
 * limit is the measure once they come near it, or where the person wants it (`toLimit`). `highest` holds what is written
 * beside the chart too, so that no value lies outside of its axis.
 */
export function chartScale(
  { base, leastTop }: Pick<ChartKind, 'base' | 'leastTop'>,
  highest: number | null,
  limit: number | null,
  toLimit = false,
): ChartScale {
  const most = Math.max(0, highest ?? 0);
  const round = base === 2 ? binary(Math.max(leastTop, most)) : decimal(Math.max(leastTop, most));
  if (limit !== null && limit > 0 && (toLimit || round >= limit)) {
    return { top: Math.max(limit, most) * air, ticks: withHalf(limit, base) };
  }
  return { top: round * air, ticks: withHalf(round, base) };
}

/** Half of it as well, where that is a round figure. */
function withHalf(value: number, base: 2 | 10): number[] {
  return base === 2 || Number.isInteger(value / 2) ? [value / 2, value] : [value];
}

/** The next 2, 4, 8 ... */
function binary(value: number): number {
  return 2 ** Math.ceil(Math.log2(value));
}

/** The next 1, 2, 5, 10, 20 ... */
function decimal(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((one) => one * power >= value) ?? 10;
  return step * power;
}

/** Height of a chart's scale, and the values labelled at its side. */
import type { ChartKind } from './chart-kinds.js';

export interface ChartScale {
  readonly top: number;
  /** Lowest first, without zero. */
  readonly ticks: readonly number[];
}

/** Space above the highest value. */
const air = 1.08;

/**
 * Scale of a chart. Normally the figures set the scale, because below a far higher limit they would be one flat line.
 * The limit sets the scale once the figures come near it, or with `toLimit`. `highest` includes the values written
 * beside the chart, so each of them fits the axis.
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

/** Adds half the value as a tick, if that is round. */
function withHalf(value: number, base: 2 | 10): number[] {
  return base === 2 || Number.isInteger(value / 2) ? [value / 2, value] : [value];
}

/** Next power of 2. */
function binary(value: number): number {
  return 2 ** Math.ceil(Math.log2(value));
}

/** Next of 1, 2, 5, 10, 20 ... */
function decimal(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((one) => one * power >= value) ?? 10;
  return step * power;
}

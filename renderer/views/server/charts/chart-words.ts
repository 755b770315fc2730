/** What a chart says in words, for people who can't see it. */
import { say } from '../../../../words/words.js';
import { listed } from '../../../ui/format.js';
import type { ChartKind } from './chart-kinds.js';

/** What a chart is called. */
export function chartTitle({ name }: Pick<ChartKind, 'name'>): string {
  return say(`charts.${name}`);
}

/** `12 %`; `1.2 KiB/s received, 300 B/s sent`. */
export function valueWords({ lines, format }: ChartKind, values: readonly (number | null)[]): string {
  return listed(
    lines.flatMap(({ way }, index) => {
      const value = values[index] ?? null;
      if (value === null) return [];
      return [way === null ? format(value) : say(`charts.${way}-value`, { value: format(value) })];
    }),
  );
}

/** `of 200 %`, `unlimited`; nothing where a chart has no such thing as a limit. */
export function limitWords({ format }: ChartKind, limit: number | null | undefined): string {
  if (limit === undefined) return '';
  return limit === null ? say('charts.unlimited') : say('charts.of', { limit: format(limit) });
}

export interface ChartFacts {
  readonly now: readonly (number | null)[];
  /** Undefined where a chart has no such thing as a limit. */
  readonly limit: number | null | undefined;
  readonly highest: readonly (number | null)[];
}

/** `CPU 12 % of 200 %, highest in the last hour 43 %`. */
export function chartSummary(kind: ChartKind, { now, limit, highest }: ChartFacts): string {
  const summary = presentWords(kind, valueWords(kind, now), limit);
  const most = valueWords(kind, highest);
  return most === '' ? summary : say('charts.with-highest', { summary, highest: most });
}

function presentWords(kind: ChartKind, value: string, limit: number | null | undefined): string {
  const chart = chartTitle(kind);
  if (value === '') return say('charts.value-none', { chart });
  if (limit === undefined) return say('charts.value', { chart, value });
  if (limit === null) return say('charts.value-unlimited', { chart, value });
  return say('charts.value-of', { chart, value, limit: kind.format(limit) });
}

/** What the cross-hair says: `12:41:05: CPU 12 %, Memory 612 MiB`; the values of several charts at one moment. */
export function momentWords(
  time: string,
  charts: readonly { kind: ChartKind; values: readonly (number | null)[] }[],
): string {
  const told = charts.flatMap(({ kind, values }) => {
    const value = valueWords(kind, values);
    return value === '' ? [] : [say('charts.value', { chart: chartTitle(kind), value })];
  });
  return say('charts.moments', {
    time,
    values: told.length === 0 ? say('charts.not-measured') : listed(told),
  });
}

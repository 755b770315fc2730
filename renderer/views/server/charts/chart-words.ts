/** Texts of a chart, for screen readers. */
import type { UsageSample } from '../../../../bridge/schema/history.js';
import { say } from '../../../../messages/messages.js';
import { formatList } from '../../../ui/text/format.js';
import type { ChartFace, ChartKind } from './chart-kinds.js';

export function chartTitle({ name }: Pick<ChartFace, 'name'>): string {
  return say(`charts.${name}`);
}

/** `12 %`; `1.2 KiB/s received, 300 B/s sent`. */
export function valueWords({ lines, format }: ChartKind, values: readonly (number | null)[]): string {
  return formatList(
    lines.flatMap(({ way }, index) => {
      const value = values[index] ?? null;
      if (value === null) return [];
      return [way === null ? format(value) : say(`charts.${way}-value`, { value: format(value) })];
    }),
  );
}

/** `of 200 %`, `of ∞`; empty for a chart without limits. */
export function limitWords({ format }: Pick<ChartFace, 'format'>, limit: number | null | undefined): string {
  if (limit === undefined) return '';
  return say('charts.of', { limit: limit === null ? '∞' : format(limit) });
}

export interface ChartFacts {
  readonly now: readonly (number | null)[];
  /** Undefined for a chart without limits. */
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

/** `12 %`; an average adds minimum and maximum where they differ: `12 % (3 % to 40 %)`. */
export function sampleWords(kind: ChartKind, sample: UsageSample | null): string {
  if (sample === null) return '';
  const { low, high } = sample;
  return formatList(
    kind.lines.flatMap(({ way, of }) => {
      const [mean, least, most] = [of(sample), of(low), of(high)];
      if (mean === null) return [];
      const value = between(kind.format, mean, least, most);
      return [way === null ? value : say(`charts.${way}-value`, { value })];
    }),
  );
}

function between(
  format: ChartKind['format'],
  mean: number,
  least: number | null,
  most: number | null,
): string {
  const value = format(mean);
  const ends = { least: format(least ?? mean), most: format(most ?? mean) };
  return ends.least === ends.most ? value : say('charts.between', { value, ...ends });
}

/** Values of several charts at the cross-hair: `12:41:05: CPU 12 %, Memory 612 MiB`. */
export function momentWords(time: string, kinds: readonly ChartKind[], sample: UsageSample | null): string {
  const told = kinds.flatMap((kind) => {
    const value = sampleWords(kind, sample);
    return value === '' ? [] : [say('charts.value', { chart: chartTitle(kind), value })];
  });
  return say('charts.moments', {
    time,
    values: told.length === 0 ? say('charts.not-measured') : formatList(told),
  });
}

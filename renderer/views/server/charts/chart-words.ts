/** What a chart says in words, for people who can't see it. */
import type { ChartKind } from './chart-kinds.js';

/** `12 %`; `1.2 KiB/s received, 300 B/s sent`. */
export function valueWords({ lines, format }: ChartKind, values: readonly (number | null)[]): string {
  return lines
    .flatMap(({ word }, index) => {
      const value = values[index] ?? null;
      return value === null ? [] : [word === '' ? format(value) : `${format(value)} ${word}`];
    })
    .join(', ');
}

/** `of 200 %`, `unlimited`; nothing where a chart has no such thing as a limit. */
export function limitWords({ format }: ChartKind, limit: number | null | undefined): string {
  if (limit === undefined) return '';
  return limit === null ? 'unlimited' : `of ${format(limit)}`;
}

export interface ChartFacts {
  readonly now: readonly (number | null)[];
  /** Undefined where a chart has no such thing as a limit. */
  readonly limit: number | null | undefined;
  readonly highest: readonly (number | null)[];
}

/** `CPU 12 % of 200 %, highest in the last hour 43 %`. */
export function chartSummary(kind: ChartKind, { now, limit, highest }: ChartFacts): string {
  const current = valueWords(kind, now);
  const most = valueWords(kind, highest);
  const limited = limitWords(kind, limit);
  const parts = current === '' ? [`${kind.title}: nothing is measured now`] : [`${kind.title} ${current}`];
  if (current !== '' && limited !== '') parts.push(limit === null ? `, ${limited}` : ` ${limited}`);
  if (most !== '') parts.push(`, highest in the last hour ${most}`);
  return parts.join('');
}

/** What the cross-hair says: `12:41:05: CPU 12 %, memory 612 MiB`; the values of several charts at one moment. */
export function momentWords(
  time: string,
  charts: readonly { kind: ChartKind; values: readonly (number | null)[] }[],
): string {
  const told = charts.flatMap(({ kind, values }) => {
    const words = valueWords(kind, values);
    return words === '' ? [] : [`${kind.title} ${words}`];
  });
  return `${time}: ${told.length === 0 ? 'not measured' : told.join(', ')}`;
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });

/** `12:41:05`, as the stamps of the console. */
export function timeOfDay(at: number): string {
  return clock.format(at);
}

/**
 * Figures as CSV (RFC 4180). Contains only times, numbers and Perch's own names; without text of a panel or a user,
 * no cell can become a formula. Pure.
 */
import type { UsageBand, UsageSample } from '../../../../bridge/schema/history.js';
import type { Span } from './chart-span.js';

const figures = [
  ['cpu_percent', ({ cpuPercent }) => fixed(cpuPercent)],
  ['memory_bytes', ({ memoryBytes }) => whole(memoryBytes)],
  ['received_bytes_per_second', ({ receivedPerSecond }) => whole(receivedPerSecond)],
  ['sent_bytes_per_second', ({ sentPerSecond }) => whole(sentPerSecond)],
  ['players', ({ players }) => fixed(players)],
] as const satisfies readonly (readonly [string, (of: UsageBand) => string])[];

const ends = ['lowest', 'highest'] as const;

const head = [
  'time',
  ...figures.map(([name]) => name),
  'disk_bytes',
  ...ends.flatMap((end) => figures.map(([name]) => `${end}_${name}`)),
];

/** Rows of the span. `ahead` = wall-clock time minus the monotonic time of the samples, in ms. */
export function usageCsv(samples: readonly UsageSample[], { from, until }: Span, ahead: number): string {
  const rows = samples
    .filter(({ at }) => at >= from && at <= until)
    .map((sample) => [
      new Date(sample.at + ahead).toISOString(),
      ...cells(sample),
      whole(sample.diskBytes),
      ...cells(sample.low),
      ...cells(sample.high),
    ]);
  return [head, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

function cells(of: UsageBand): string[] {
  return figures.map(([, write]) => write(of));
}

function fixed(value: number | null): string {
  return value === null ? '' : String(Math.round(value * 100) / 100);
}

function whole(value: number | null): string {
  return value === null ? '' : String(Math.round(value));
}

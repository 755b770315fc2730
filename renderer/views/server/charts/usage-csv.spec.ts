import { describe, expect, it } from 'vitest';
import type { UsageSample } from '../../../../bridge/schema/history.js';
import { aSample } from '../../../../tests/support/samples.js';
import { usageCsv } from './usage-csv.js';

const figures = { cpuPercent: 12.3456, memoryBytes: 1024.4, sentPerSecond: 7, players: 3.25 };
const sample = aSample(1000, { ...figures, diskBytes: 5 });
const band = (cpuPercent: number) => ({
  cpuPercent,
  memoryBytes: 1,
  receivedPerSecond: 2,
  sentPerSecond: null,
  players: 4,
});
const lines = (samples: readonly UsageSample[]): string[] =>
  usageCsv(samples, { from: 1000, until: 3000 }, 500).split('\r\n');

describe('usageCsv', () => {
  it('has a row per sample of the span, with wall-clock time', () => {
    const [head, ...rows] = lines([{ ...sample, at: 999 }, sample, { ...sample, at: 3001 }]);
    expect(head?.split(',').slice(0, 7)).toEqual([
      'time',
      'cpu_percent',
      'memory_bytes',
      'received_bytes_per_second',
      'sent_bytes_per_second',
      'players',
      'disk_bytes',
    ]);
    expect(rows).toEqual([
      '1970-01-01T00:00:01.500Z,12.35,1024,,7,3.25,5,12.35,1024,,7,3.25,12.35,1024,,7,3.25',
      '',
    ]);
  });

  it('has minimum and maximum of averaged samples', () => {
    const [head, row] = lines([{ ...sample, low: band(1), high: band(99.5) }]);
    expect(row?.split(',').slice(7)).toEqual(['1', '1', '2', '', '4', '99.5', '1', '2', '', '4']);
    expect(row?.split(',')).toHaveLength(head?.split(',').length ?? 0);
  });

  it('has no cell that a spreadsheet reads as a formula', () => {
    const all = lines([sample, { ...sample, low: band(1), high: band(2) }]).join('\r\n');
    expect(all.split(/,|\r\n/).filter((cell) => /^[=+\-@\t]/.test(cell))).toEqual([]);
  });
});

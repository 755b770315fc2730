import { describe, expect, it } from 'vitest';
import type { Usage } from '../../../bridge/schema/domain.js';
import { UsageHistory } from './usage-history.js';

function aUsage(at: number, fields: Partial<Usage> = {}): Usage {
  const figures = { cpuPercent: 1, memoryBytes: 1, diskBytes: 1, networkRxBytes: at, networkTxBytes: 0 };
  return { at, memoryLimitBytes: null, uptimeMs: at, ...figures, ...fields };
}

function kept(...usages: Usage[]): number[] {
  const history = new UsageHistory();
  for (const usage of usages) history.add('a', usage);
  return history.of('a').map(({ at }) => at);
}

describe('UsageHistory', () => {
  it('keeps a minute, ignores repeats, and restarts with a new process', () => {
    expect(kept(aUsage(0), aUsage(30_000), aUsage(61_000))).toEqual([30_000, 61_000]);
    expect(kept(aUsage(2000), aUsage(2000), aUsage(1000))).toEqual([2000]);
    expect(kept(aUsage(1000), aUsage(2000, { uptimeMs: 5 }))).toEqual([2000]);
  });

  it('keeps only the figures that a sparkline draws', () => {
    const history = new UsageHistory();
    history.add('a', aUsage(1000, { cpuPercent: 7 }));
    history.add('a', aUsage(2000, { cpuPercent: 8 }));
    expect(history.of('a')).toEqual([
      { at: 1000, cpuPercent: 7 },
      { at: 2000, cpuPercent: 8 },
    ]);
  });

  it('knows the rate between two samples that are a minute apart at most', () => {
    const history = new UsageHistory();
    history.add('a', aUsage(0));
    expect(history.rate('a')).toBeNull();
    history.add('a', aUsage(60_000, { networkTxBytes: 120_000 }));
    expect(history.rate('a')).toEqual({ receive: 1000, transmit: 2000 });
    history.add('a', aUsage(121_000));
    expect(history.rate('a')).toBeNull();
  });

  it('restarts if the clock was set back', () => {
    const later = { uptimeMs: 4_000_000 };
    expect(kept(aUsage(3_600_000), aUsage(1_800_000, later), aUsage(1_801_000, later))).toEqual([
      1_800_000, 1_801_000,
    ]);
  });
});

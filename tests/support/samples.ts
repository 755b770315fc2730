import type { UsageSample } from '../../bridge/schema/history.js';

/** Sample of usage with a single reading, for tests; pass the fields that matter. */
export function aSample(at: number, fields: Partial<Omit<UsageSample, 'at'>> = {}): UsageSample {
  const figures = {
    cpuPercent: fields.cpuPercent ?? 1,
    memoryBytes: fields.memoryBytes ?? 0,
    receivedPerSecond: fields.receivedPerSecond ?? null,
    sentPerSecond: fields.sentPerSecond ?? null,
    players: fields.players ?? null,
  };
  return { at, ...figures, diskBytes: 0, afterGap: false, low: figures, high: figures, ...fields };
}

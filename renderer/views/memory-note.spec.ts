import { describe, expect, it } from 'vitest';
import { aServer } from '../../tests/support/entities.js';
import { memoryNote } from './memory-note.js';

const MB = 1_048_576;
const usage = {
  at: 0,
  cpuPercent: 0,
  memoryBytes: 0,
  memoryLimitBytes: 3.8 * 1024 ** 3,
  diskBytes: 0,
  networkRxBytes: 0,
  networkTxBytes: 0,
  uptimeMs: 0,
};
const limits = { cpuPercent: null, memoryBytes: 4096 * MB, diskBytes: null };

describe('the note about a memory limit', () => {
  it('names both limits if they differ', () => {
    expect(memoryNote(aServer({ limits, usage }))).toBe('4,096 MB bought, the node grants 3.8 GiB');
  });

  it('is empty if both limits are equal, or a limit is unknown', () => {
    expect(memoryNote(aServer({ limits, usage: { ...usage, memoryLimitBytes: 4096 * MB } }))).toBeNull();
    expect(memoryNote(aServer({ limits, usage: { ...usage, memoryLimitBytes: null } }))).toBeNull();
    expect(memoryNote(aServer({ limits: { ...limits, memoryBytes: null }, usage }))).toBeNull();
    expect(memoryNote(aServer({ limits, usage: null }))).toBeNull();
  });
});

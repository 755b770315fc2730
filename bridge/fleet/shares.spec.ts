import { describe, expect, it } from 'vitest';
import type { Usage } from '../schema/domain.js';
import { aServer } from '../../tests/support/entities.js';
import { highestShare, nearLimits, shareOf } from './shares.js';

const usage: Usage = {
  at: 0,
  cpuPercent: 50,
  memoryBytes: 900,
  memoryLimitBytes: 1050,
  diskBytes: 30,
  networkRxBytes: 0,
  networkTxBytes: 0,
  uptimeMs: 0,
};
const limits = { cpuPercent: 200, memoryBytes: 1000, diskBytes: null };

describe('shares of limits', () => {
  it('exist for measured figures with a limit', () => {
    const server = aServer({ limits, usage });
    expect(shareOf('cpu', server, { usage })).toBe(0.25);
    expect(shareOf('memory', server, { usage })).toBe(0.9);
    expect(shareOf('disk', server, { usage })).toBeNull();
    expect(highestShare(server, { usage })).toBe(0.9);
  });

  it('include the disk of an offline server, but no other figure', () => {
    const server = aServer({ limits: { ...limits, diskBytes: 40 }, usage });
    expect(shareOf('memory', server, { usage: null })).toBeNull();
    expect(highestShare(server, { usage: null })).toBe(0.75);
    expect(highestShare(aServer({ limits, usage: null }), { usage: null })).toBeNull();
  });

  it('are near a limit from 80 % on, for a running process', () => {
    const using = (memoryBytes: number, fields = {}) =>
      nearLimits(aServer({ limits, power: 'running', usage: { ...usage, memoryBytes }, ...fields }), []);
    expect([using(799), using(800)]).toEqual([[], ['memory']]);
    expect(using(800, { power: 'offline' })).toEqual([]);
    expect(using(800, { condition: 'suspended' })).toEqual([]);
  });

  it('stay near a limit until they are below 75 %, each figure on its own', () => {
    const server = (memoryBytes: number) =>
      aServer({ limits, power: 'running', usage: { ...usage, memoryBytes, cpuPercent: 150 } });
    expect(nearLimits(server(750), ['memory'])).toEqual(['memory']);
    expect(nearLimits(server(749), ['memory'])).toEqual([]);
    expect(nearLimits(server(790), ['cpu'])).toEqual(['cpu']);
  });
});

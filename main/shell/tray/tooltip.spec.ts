import { describe, expect, it } from 'vitest';
import { applyChanges, emptyFleet } from '../../../bridge/fleet/changes.js';
import { anAccount, aServer, aTransfer } from '../../../tests/support/entities.js';
import { tooltip } from './tooltip.js';

const usage = {
  at: 0,
  cpuPercent: 61.4,
  memoryBytes: 700 * 1024 ** 2,
  memoryLimitBytes: null,
  diskBytes: 0,
  networkRxBytes: 0,
  networkTxBytes: 0,
  uptimeMs: 0,
};

const state = applyChanges(emptyFleet, [
  { kind: 'account-upserted', account: anAccount() },
  { kind: 'server-upserted', server: aServer({ id: 'home/1', power: 'running', usage }) },
  { kind: 'server-upserted', server: aServer({ id: 'home/2', power: 'running', usage }) },
  { kind: 'server-upserted', server: aServer({ id: 'home/3' }) },
]);

describe('tooltip', () => {
  it('sums up running servers', () => {
    expect(tooltip(state, 'win32', { unseen: 0, transfers: [] })).toBe(
      'Perch: 2 running · 1 offline\nCPU 123 % · 1.4 GiB of memory',
    );
  });

  it('counts a server of two accounts of one panel once', () => {
    const twice = applyChanges(state, [
      { kind: 'account-upserted', account: anAccount({ id: 'work' }) },
      {
        kind: 'server-upserted',
        server: aServer({ id: 'work/1', accountId: 'work', power: 'running', usage }),
      },
    ]);
    expect(tooltip(twice, 'win32', { unseen: 0, transfers: [] })).toBe(
      tooltip(state, 'win32', { unseen: 0, transfers: [] }),
    );
  });

  it('writes figures as the windows do', () => {
    const idle = { ...usage, cpuPercent: 0.2, memoryBytes: 12.4 * 1024 ** 3 };
    const quiet = applyChanges(emptyFleet, [
      { kind: 'account-upserted', account: anAccount() },
      { kind: 'server-upserted', server: aServer({ id: 'home/1', power: 'running', usage: idle }) },
    ]);
    expect(tooltip(quiet, 'win32', { unseen: 0, transfers: [] })).toContain('CPU <1 % · 12 GiB of memory');
  });

  it('has no figures on Linux, where they would change the menu', () => {
    expect(tooltip(state, 'linux', { unseen: 0, transfers: [] })).toBe('Perch: 2 running · 1 offline');
  });

  it('has no figures without a running server', () => {
    expect(tooltip(emptyFleet, 'win32', { unseen: 0, transfers: [] })).toBe('Perch: No panel connected');
  });

  it('ignores servers that are left out of the icon', () => {
    expect(tooltip(state, 'win32', { unseen: 0, transfers: [] }, ({ id }) => id === 'home/1')).toBe(
      'Perch: 1 running\nCPU 61 % · 700 MiB of memory',
    );
    expect(tooltip(state, 'linux', { unseen: 0, transfers: [] }, () => false)).toBe('Perch: 0 running');
  });

  it('mentions new events', () => {
    expect(tooltip(state, 'linux', { unseen: 2, transfers: [] })).toBe(
      'Perch: 2 running · 1 offline\n2 new events',
    );
  });

  it('names downloads that are under way, on Linux without a figure that changes', () => {
    const transfers = [aTransfer({ bytes: 25, size: 100 }), aTransfer({ state: 'done' })];
    expect(tooltip(state, 'win32', { unseen: 0, transfers })).toContain('Downloading 1 file · 25 %');
    expect(tooltip(state, 'linux', { unseen: 0, transfers })).toMatch(/Downloading 1 file$/);
    const done = { unseen: 0, transfers: [aTransfer({ state: 'done' })] };
    expect(tooltip(state, 'linux', done)).not.toContain('Download');
  });
});

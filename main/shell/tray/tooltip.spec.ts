import { describe, expect, it } from 'vitest';
import { applyChanges, emptyFleet } from '../../../bridge/fleet/changes.js';
import { anAccount, aServer, aTransfer, playersOnline } from '../../../tests/support/entities.js';
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

const quietly = { unseen: 0, transfers: [], players: new Map(), pins: [] };

describe('tooltip', () => {
  it('sums up running servers', () => {
    expect(tooltip(state, 'win32', quietly)).toBe(
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
    expect(tooltip(twice, 'win32', quietly)).toBe(tooltip(state, 'win32', quietly));
  });

  it('writes figures as the windows do', () => {
    const idle = { ...usage, cpuPercent: 0.2, memoryBytes: 12.4 * 1024 ** 3 };
    const quiet = applyChanges(emptyFleet, [
      { kind: 'account-upserted', account: anAccount() },
      { kind: 'server-upserted', server: aServer({ id: 'home/1', power: 'running', usage: idle }) },
    ]);
    expect(tooltip(quiet, 'win32', quietly)).toContain('CPU <1 % · 12 GiB of memory');
  });

  it('has no figures on Linux, where they would change the menu', () => {
    expect(tooltip(state, 'linux', quietly)).toBe('Perch: 2 running · 1 offline');
  });

  it('has no figures without a running server', () => {
    expect(tooltip(emptyFleet, 'win32', quietly)).toBe('Perch: No panel connected');
  });

  it('ignores servers that are left out of the icon', () => {
    expect(tooltip(state, 'win32', quietly, ({ id }) => id === 'home/1')).toBe(
      'Perch: 1 running\nCPU 61 % · 700 MiB of memory',
    );
    expect(tooltip(state, 'linux', quietly, () => false)).toBe('Perch: 0 running');
  });

  it('mentions new events', () => {
    expect(tooltip(state, 'linux', { ...quietly, unseen: 2 })).toBe(
      'Perch: 2 running · 1 offline\n2 new events',
    );
  });

  it('names downloads that are under way, on Linux without a figure that changes', () => {
    const transfers = [aTransfer({ bytes: 25, size: 100 }), aTransfer({ state: 'done' })];
    expect(tooltip(state, 'win32', { ...quietly, transfers })).toContain('Downloading 1 file · 25 %');
    expect(tooltip(state, 'linux', { ...quietly, transfers })).toMatch(/Downloading 1 file$/);
    const done = { ...quietly, transfers: [aTransfer({ state: 'done' })] };
    expect(tooltip(state, 'linux', done)).not.toContain('Download');
  });

  it('names the servers with most players, pinned ones first, and no empty server', () => {
    const named = applyChanges(emptyFleet, [
      { kind: 'account-upserted', account: anAccount() },
      ...['Lobby', 'Survival', 'Creative', 'Skyblock', 'Test'].map((name) => ({
        kind: 'server-upserted' as const,
        server: aServer({ id: `home/${name}`, name, power: 'running' }),
      })),
    ]);
    const players = new Map([
      ['home/Lobby', playersOnline(3)],
      ['home/Survival', playersOnline(12, { slots: 40 })],
      ['home/Creative', playersOnline(1)],
      ['home/Skyblock', playersOnline(2)],
      ['home/Test', playersOnline(0)],
    ]);
    const line = (pins: readonly string[]) =>
      tooltip(named, 'linux', { ...quietly, players, pins })
        .split('\n')
        .at(-1);
    expect(line([])).toBe('Survival: 12 of 40 · Lobby: 3 · Skyblock: 2');
    expect(line(['home/Creative'])).toBe('Creative: 1 · Survival: 12 of 40 · Lobby: 3');
  });
});

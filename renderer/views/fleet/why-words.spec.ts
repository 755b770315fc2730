import { describe, expect, it } from 'vitest';
import type { AttentionReason } from '../../../bridge/alerts/attention.js';
import { aServer } from '../../../tests/support/entities.js';
import { sentence, verbatim } from '../../../messages/messages.js';
import { whyInFull, whyWords, type WhyFacts } from './why-words.js';

const gib = 1_073_741_824;
const words = (reasons: readonly AttentionReason[], facts: Partial<WhyFacts> = {}): string =>
  whyWords(reasons, { server: aServer(), problem: null, crashes: 0, ...facts });

describe('whyWords', () => {
  it('names a restart that left the server down', () => {
    expect(words([{ kind: 'restart-failed' }])).toBe('Restart failed, server is down');
  });

  it('names the date of the last good backup, or that there is none', () => {
    const lastBackup = { id: 'b', at: new Date(2026, 0, 2, 12).getTime(), bytes: 1, everyMs: null };
    const reasons = [{ kind: 'backup-overdue' }] as const;
    expect(words(reasons, { server: aServer({ lastBackup }) })).toMatch(/^Last good backup: .*2/);
    expect(words(reasons, { server: aServer({ lastBackup: null }) })).toBe('No good backup');
  });

  it('shows the figures beside their limits', () => {
    const server = aServer({
      power: 'running',
      near: ['cpu', 'memory', 'disk'],
      limits: { cpuPercent: 60, memoryBytes: gib, diskBytes: 10 * gib },
      usage: {
        at: 0,
        cpuPercent: 57,
        memoryBytes: 0.9 * gib,
        memoryLimitBytes: null,
        diskBytes: 9 * gib,
        networkRxBytes: 0,
        networkTxBytes: 0,
        uptimeMs: 1,
      },
    });
    expect(words([{ kind: 'near' }], { server })).toBe(
      'CPU 57 of 60 % · Memory 922 MiB of 1 GiB · Disk 9 GiB of 10 GiB',
    );
  });

  it('shows the nearest figure of a server that just left its limit', () => {
    const server = aServer({
      power: 'running',
      limits: { cpuPercent: 60, memoryBytes: gib, diskBytes: null },
      usage: {
        at: 0,
        cpuPercent: 44,
        memoryBytes: 0.5 * gib,
        memoryLimitBytes: null,
        diskBytes: 9 * gib,
        networkRxBytes: 0,
        networkTxBytes: 0,
        uptimeMs: 1,
      },
    });
    expect(words([{ kind: 'near' }], { server })).toBe('CPU 44 of 60 %');
  });

  it('gives the end of the process, or the cause that keeps the server from running', () => {
    const server = aServer({ crashedAt: 1, crash: { exitCode: 137, outOfMemory: false } });
    expect(words([{ kind: 'ended' }], { server })).toContain('137');
    const fix = { kind: 'eula' as const, at: 1, lines: [] };
    const both = words([{ kind: 'fix', fix }, { kind: 'ended' }], { server });
    expect(both).toContain('EULA');
    expect(both).not.toContain('137');
    const unseen = { what: 'offline' as const, from: 0, to: 1 };
    const gone = aServer({ crashedAt: 1, crash: { exitCode: null, outOfMemory: false, unseen } });
    expect(words([{ kind: 'ended' }], { server: gone })).toBe('Went offline while Perch could not see it');
  });

  it('gives the short cause in the row, and the whole sentence with the next step in the tooltip', () => {
    const values = { place: 'Harbor', what: sentence('panel.what.usage') };
    const rowOf = (id: 'panel.node-down' | 'panel.node-unknown-server' | 'panel.node-token'): string =>
      words([{ kind: 'silent' }], { problem: silence(id) });
    const silence = (id: 'panel.node-down' | 'panel.node-unknown-server' | 'panel.node-token') => ({
      code: 'node-unreachable' as const,
      message: sentence(id, values),
      next: sentence('panel.node-down-next'),
    });
    expect(rowOf('panel.node-down')).toBe('The node does not answer.');
    expect(rowOf('panel.node-unknown-server')).toBe('The node does not know this server.');
    expect(rowOf('panel.node-token')).toBe('Panel and node do not accept each other’s token.');
    const facts = { server: aServer(), problem: silence('panel.node-down'), crashes: 0 };
    expect(whyInFull([{ kind: 'silent' }], facts)).toMatch(
      /^The node of the server .+ Harbor .+ tell your host\.$/,
    );
  });

  it('names unseen trouble, silent nodes or panels, and failures', () => {
    expect(words([{ kind: 'unseen' }], { crashes: 1 })).toBe('Crashed once today');
    expect(words([{ kind: 'unseen' }])).toBe('Had trouble since you last looked');
    const problem = { code: 'timeout' as const, message: verbatim('Harbor is away.'), next: verbatim('') };
    expect(words([{ kind: 'silent' }], { problem })).toBe('Harbor is away.');
    expect(words([{ kind: 'silent' }])).toBe('No answer');
    const server = aServer({ condition: 'install-failed' });
    expect(words([{ kind: 'failed' }], { server })).toBe('install failed');
  });
});

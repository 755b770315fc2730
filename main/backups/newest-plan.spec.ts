import { describe, expect, it } from 'vitest';
import { aServer, anAccount } from '../../tests/support/entities.js';
import { canRead } from './newest-plan.js';

const limits = { memoryBytes: null, diskBytes: null, cpuPercent: null, backups: 2 };
const readable = aServer({ limits, permissions: ['backup.read'] });
const ready = anAccount({ state: { kind: 'ready' } });

describe('the lists that can be read', () => {
  it('are those of servers that may have backups and that the person may read', () => {
    expect(canRead(readable, ready)).toBe(true);
    expect(canRead({ ...readable, permissions: ['*'] }, ready)).toBe(true);
    expect(canRead({ ...readable, condition: 'reinstall-failed' }, ready)).toBe(true);
    expect(canRead({ ...readable, limits: { ...limits, backups: 0 } }, ready)).toBe(false);
    expect(canRead({ ...readable, permissions: ['control.start'] }, ready)).toBe(false);
  });

  it('are none while permissions are unknown, a condition blocks all, or the account does not answer', () => {
    expect(canRead({ ...readable, permissions: null }, ready)).toBe(false);
    for (const condition of ['suspended', 'installing', 'restoring', 'transferring'] as const)
      expect(canRead({ ...readable, condition }, ready)).toBe(false);
    expect(canRead(readable, anAccount({ state: { kind: 'loading' } }))).toBe(false);
    expect(canRead(readable, undefined)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { aServer, anAccount } from '../../tests/support/entities.js';
import { canRead, nextRead } from './newest-plan.js';

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

describe('the next read', () => {
  it('is none without servers', () => {
    expect(nextRead([], 100)).toBeNull();
  });

  it('is an unknown server before known ones that are due as well', () => {
    const known = { id: 'known', isUnknown: false, dueAt: null };
    const unknown = { id: 'unknown', isUnknown: true, dueAt: 90 };
    expect(nextRead([known, unknown], 100)).toEqual({ id: 'unknown', at: 90 });
    expect(nextRead([unknown, known], 100)).toEqual({ id: 'unknown', at: 90 });
  });

  it('is a due server before an unknown one that waits after a refusal', () => {
    const due = { id: 'due', isUnknown: false, dueAt: null };
    const refused = { id: 'refused', isUnknown: true, dueAt: 500 };
    expect(nextRead([refused, due], 100)).toEqual({ id: 'due', at: 100 });
  });

  it('is the one that has waited longest, or the first that will be due', () => {
    const at = (id: string, dueAt: number) => ({ id, isUnknown: false, dueAt });
    expect(nextRead([at('b', 60), at('a', 50)], 100)?.id).toBe('a');
    expect(nextRead([at('b', 600), at('a', 500)], 100)).toEqual({ id: 'a', at: 500 });
  });
});

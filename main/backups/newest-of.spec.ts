import { describe, expect, it } from 'vitest';
import { aBackup, aRunningBackup } from '../../tests/support/fake-backups.js';
import { isOverdue, newestOf } from './newest-of.js';

const hour = 3_600_000;

function madeAt(...hours: number[]) {
  return hours.map((at) => aBackup(`b${at}`, { createdAt: at * hour }));
}

it('is the newest good one, whatever failed or runs since', () => {
  const failed = aBackup('failed', { state: 'failed', createdAt: 50 * hour });
  const running = aRunningBackup('running', { createdAt: 60 * hour });
  const list = [...madeAt(3, 9), failed, running];
  expect(newestOf(list)).toEqual({ id: 'b9', at: 9 * hour, bytes: 1000, everyMs: null });
  expect(newestOf([failed, running])).toBeNull();
  expect(newestOf([])).toBeNull();
});

it('is unknown if the time of a good one is', () => {
  expect(newestOf([...madeAt(3, 9), aBackup('undated', { createdAt: null })])).toBeUndefined();
  const failed = aBackup('failed', { state: 'failed', createdAt: null });
  expect(newestOf([...madeAt(3), failed])).toMatchObject({ id: 'b3' });
});

it('three good ones at even distances show a rhythm, two do not', () => {
  expect(newestOf(madeAt(0, 24))?.everyMs).toBeNull();
  expect(newestOf(madeAt(0, 24, 48))?.everyMs).toBe(24 * hour);
  expect(newestOf(madeAt(0, 24, 49))?.everyMs).toBe(25 * hour);
});

it('the newest four decide, so that an old rhythm does not count', () => {
  expect(newestOf(madeAt(0, 5, 100, 124, 148, 172))?.everyMs).toBe(24 * hour);
  expect(newestOf(madeAt(0, 24, 48, 72, 73))?.everyMs).toBeNull();
});

it('backups of a person who makes several in a row show no rhythm', () => {
  expect(newestOf(madeAt(0, 0.1, 0.2, 0.3))?.everyMs).toBeNull();
});

describe('a missing good backup', () => {
  const limits = { memoryBytes: null, diskBytes: null, cpuPercent: null, backups: 3 };
  const now = 1000 * hour;
  const made = (hours: number, everyMs: number | null = null) => ({
    limits,
    lastBackup: { id: 'b', at: now - hours * hour, bytes: 1, everyMs },
  });

  it('is a backup that a rule requires: a newer backup, or any', () => {
    expect([isOverdue(made(48), 2, now), isOverdue(made(49), 2, now)]).toEqual([false, true]);
    expect([isOverdue({ limits, lastBackup: null }, 2, now), isOverdue({ limits }, 2, now)]).toEqual([
      true,
      false,
    ]);
  });

  it('is, without a rule, only a backup that a rhythm promised', () => {
    expect([isOverdue(made(900), 0, now), isOverdue({ limits, lastBackup: null }, 0, now)]).toEqual([
      false,
      false,
    ]);
    expect([isOverdue(made(48, 24 * hour), 0, now), isOverdue(made(49, 24 * hour), 0, now)]).toEqual([
      false,
      true,
    ]);
  });

  it('a rule counts instead of a rhythm', () => {
    expect(isOverdue(made(49, 24 * hour), 7, now)).toBe(false);
  });

  it('no server misses one where the host allows none', () => {
    expect(isOverdue({ ...made(900), limits: { ...limits, backups: 0 } }, 1, now)).toBe(false);
  });
});

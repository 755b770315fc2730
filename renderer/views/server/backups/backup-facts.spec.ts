import { describe, expect, it } from 'vitest';
import { aBackup, aRunningBackup } from '../../../../tests/support/fake-backups.js';
import { isFull, newestGood, throttledUntil } from './backup-facts.js';

const minute = 60_000;

describe('the usual throttle', () => {
  const now = 100 * minute;
  it('counts two backups of the last ten minutes, from the newest on', () => {
    const backups = [
      aRunningBackup('b2', { createdAt: 98 * minute }),
      aBackup('b1', { createdAt: 91 * minute }),
    ];
    expect(throttledUntil(backups, now)).toBe(108 * minute);
  });

  it('ignores failed and older backups', () => {
    const failed = aBackup('b2', { state: 'failed', createdAt: 98 * minute });
    expect(throttledUntil([failed, aBackup('b1', { createdAt: 97 * minute })], now)).toBeNull();
    const old = aBackup('b0', { createdAt: 90 * minute });
    expect(throttledUntil([aBackup('b1', { createdAt: 97 * minute }), old], now)).toBeNull();
  });
});

it('the limit is reached by counted backups, and an unknown limit never is', () => {
  expect(isFull({ backups: [], used: 3, limit: 3 })).toBe(true);
  expect(isFull({ backups: [], used: 2, limit: 3 })).toBe(false);
  expect(isFull({ backups: [], used: 0, limit: 0 })).toBe(true);
  expect(isFull({ backups: [], used: 90, limit: null })).toBe(false);
});

it('the newest good backup is neither running nor failed', () => {
  const good = aBackup('b1');
  expect(newestGood([aRunningBackup('b3'), aBackup('b2', { state: 'failed' }), good])).toBe(good);
});

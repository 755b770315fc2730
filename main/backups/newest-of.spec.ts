import { expect, it } from 'vitest';
import { aBackup, aRunningBackup } from '../../tests/support/fake-backups.js';
import { newestOf } from './newest-of.js';

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

import { expect, it } from 'vitest';
import { aServer } from '../../tests/support/entities.js';
import type { Usage } from '../schema/domain.js';
import { isDiskFull } from './disk-full.js';

const measured: Usage = {
  at: 1,
  cpuPercent: 0,
  memoryBytes: 0,
  memoryLimitBytes: null,
  diskBytes: 0,
  networkRxBytes: 0,
  networkTxBytes: 0,
  uptimeMs: 0,
};

it.each<[number | null, number | null, boolean]>([
  [19, 20, false],
  [20, 20, true],
  [40, 20, true],
  [40, null, false],
  [null, 20, false],
])('a disk with %j of %j used is full: %s', (used, limit, full) => {
  const usage = used === null ? null : { ...measured, diskBytes: used };
  const limits = { memoryBytes: null, diskBytes: limit, cpuPercent: null };
  expect(isDiskFull(aServer({ usage, limits }))).toBe(full);
});

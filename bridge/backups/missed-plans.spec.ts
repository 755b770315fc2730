import { expect, it } from 'vitest';
import type { LastPlanned } from '../schema/backup-plans.js';
import { isOffered } from './missed-plans.js';

const last: LastPlanned = { at: 1000, outcome: 'closed', backup: null, problem: null };
const plan = { serverId: 'a', quietly: false, nextAt: 2000 };
const newest = { id: 'b', at: 500, bytes: 1, everyMs: null };

it.each(['closed', 'unreachable', 'refused', 'failed'] as const)(
  'offers a missed backup (%s), until a newer good backup exists',
  (outcome) => {
    const missed = { ...plan, last: { ...last, outcome } };
    expect(isOffered(missed, undefined)).toBe(true);
    expect(isOffered(missed, newest)).toBe(true);
    expect(isOffered(missed, { ...newest, at: 1000 })).toBe(false);
  },
);

it('offers none before the first planned time, during the backup and after a good backup', () => {
  expect(isOffered({ ...plan, last: null }, null)).toBe(false);
  for (const outcome of ['waiting', 'begun', 'good'] as const)
    expect(isOffered({ ...plan, last: { ...last, outcome } }, null)).toBe(false);
});

import { expect, it } from 'vitest';
import { aBackup, aRunningBackup } from '../../tests/support/fake-backups.js';
import { ended, withBackup, withoutBackup } from './folded.js';

const list = {
  backups: [aBackup('b2', { createdAt: 20 }), aBackup('b1', { createdAt: 10 })],
  limit: 3,
  used: 2,
};
const ids = ({ backups }: typeof list) => backups.map(({ id }) => id);

it('a new backup stands first and counts towards the limit', () => {
  const folded = withBackup(list, aRunningBackup('b3', { createdAt: 30 }));
  expect(folded.backups.map(({ id }) => id)).toEqual(['b3', 'b2', 'b1']);
  expect(folded).toMatchObject({ used: 3, limit: 3 });
});

it('a changed backup keeps its place, and a failed one no longer counts', () => {
  const running = withBackup(list, aRunningBackup('b3', { createdAt: 30, locked: true }));
  const [first = aBackup('')] = running.backups;
  const failed = ended(first, { isSuccessful: false, sha1: null, bytes: 0 }, 40);
  expect(failed).toMatchObject({ state: 'failed', locked: false, completedAt: 40, sha1: null });
  expect(withBackup(running, failed)).toMatchObject({ used: 2, backups: [{ id: 'b3' }, {}, {}] });
});

it('a completed backup has checksum and size, and ends no earlier than it began', () => {
  const done = ended(
    aRunningBackup('b3', { createdAt: 30 }),
    { isSuccessful: true, sha1: 'ab', bytes: 7 },
    20,
  );
  expect(done).toMatchObject({ state: 'good', sha1: 'ab', bytes: 7, completedAt: 30 });
});

it('a deleted backup leaves the list, an unknown backup changes nothing', () => {
  expect(withoutBackup(list, 'b2')).toMatchObject({ used: 1, backups: [{ id: 'b1' }] });
  expect(withoutBackup(list, 'b9')).toBe(list);
  expect(ids(list)).toEqual(['b2', 'b1']);
});

import { expect, it } from 'vitest';
import { backupFilters, isBackupFilter, lacksBackup } from './old-backups.js';

const day = 86_400_000;
const now = 100 * day;

function madeBefore(ms: number) {
  return { lastBackup: { id: 'b', at: now - ms, bytes: 1, everyMs: null } };
}

it('each filter has the servers without a good backup, and those whose newest is too old', () => {
  const lacks = (server: Parameters<typeof lacksBackup>[0]) =>
    backupFilters.filter((filter) => lacksBackup(server, filter, now));
  expect(lacks({ lastBackup: null })).toEqual(['backup-day', 'backup-week', 'backup-none']);
  expect(lacks(madeBefore(8 * day))).toEqual(['backup-day', 'backup-week']);
  expect(lacks(madeBefore(day))).toEqual(['backup-day']);
  expect(lacks(madeBefore(day - 1))).toEqual([]);
  expect(lacks({})).toEqual([]);
});

it('a state and the share of a limit are no filter by backups', () => {
  expect(['backup-day', 'running', 'near-limit', null].map(isBackupFilter)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

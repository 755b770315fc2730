import { expect, it } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import { aBackup } from '../../../tests/support/fake-backups.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { at, bulkRig, offline, running } from '../../../tests/support/bulk-rig.js';

const minute = 60_000;

it('backs up one server after the other, whatever runs, and follows each backup to its end', async () => {
  const { backups, clock, looked, outcomes, sent, bulk, start } = bulkRig([running, offline, {}]);
  start('back-up');
  await clock.advance(4000);
  expect(sent).toEqual(['back-up home/0', 'back-up home/1', 'back-up home/2']);
  expect(looked).toEqual([]);
  expect(outcomes()).toEqual(['sent', 'sent', 'sent']);
  backups.get(at(1))?.(aBackup('b1'));
  backups.get(at(0))?.(aBackup('b0', { state: 'failed' }));
  await clock.advance(0);
  expect(outcomes()).toEqual(['failed', 'done', 'sent']);
  expect(bulk.current?.items[0]?.problem?.message.id).toBe('actions.backup-failed');
  expect(bulk.current?.finishedAt).toBeNull();
  backups.get(at(2))?.(null);
  await clock.advance(0);
  expect(outcomes()).toEqual(['failed', 'done', 'failed']);
  expect(bulk.current?.finishedAt).toBe(clock.now());
});

it('backs up quietly if wanted, and says why a server is not back', async () => {
  const { backups, bulk, clock, failing, outcomes, sent, start } = bulkRig([running, running]);
  start('back-up', false, true);
  await clock.advance(4000);
  expect(sent).toEqual(['quietly back-up home/0', 'quietly back-up home/1']);
  failing.get(at(0))?.(new PerchError(aProblem('node-unreachable')));
  backups.get(at(1))?.(aBackup('b1'));
  await clock.advance(0);
  expect(outcomes()).toEqual(['failed', 'done']);
  expect(bulk.current?.items[0]?.problem?.code).toBe('node-unreachable');
  start('back-up');
  await clock.advance(4000);
  expect(sent.slice(2)).toEqual(['back-up home/0', 'back-up home/1']);
});

it('leaves out servers that allow no backup, and says why a refused one failed', async () => {
  const limits = { memoryBytes: null, diskBytes: null, cpuPercent: null, backups: 0 };
  const { bulk, clock, outcomes, refused, start } = bulkRig([{ condition: 'suspended' }, { limits }, {}]);
  refused.set(at(2), new PerchError(aProblem('conflict')));
  start('back-up');
  await clock.advance(10_000);
  expect(outcomes()).toEqual(['skipped', 'skipped', 'failed']);
  expect(bulk.current?.items.map(({ problem }) => problem?.code)).toEqual([
    'conflict',
    'conflict',
    'conflict',
  ]);
  expect(bulk.current?.finishedAt).not.toBeNull();
});

it('the throttle of one server delays this server only', async () => {
  const { clock, outcomes, refused, sent, start } = bulkRig([{}, {}, {}]);
  const retryAt = clock.now() + 9 * minute;
  refused.set(at(0), new PerchError(aProblem('rate-limited', { retryAt, ofServer: true })));
  start('back-up');
  await clock.advance(6000);
  expect(sent).toEqual(['back-up home/1', 'back-up home/2']);
  expect(outcomes()).toEqual(['waiting', 'sent', 'sent']);
  refused.clear();
  await clock.advance(9 * minute);
  expect(sent).toEqual(['back-up home/1', 'back-up home/2', 'back-up home/0']);
});

it('an unanswered request is unknown, and cancelling ends the wait for running backups', async () => {
  const { backups, bulk, clock, outcomes, refused, start } = bulkRig([{}, {}]);
  refused.set(at(0), new PerchError(aProblem('timeout', { maybeDone: true })));
  start('back-up');
  await clock.advance(4000);
  expect(outcomes()).toEqual(['unknown', 'sent']);
  bulk.cancel();
  expect(bulk.current?.finishedAt).not.toBeNull();
  expect(backups.size).toBe(0);
});

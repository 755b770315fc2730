import { expect, it } from 'vitest';
import type { BulkItem, BulkRun } from '../../../bridge/schema/bulk.js';
import type { Transfer } from '../../../bridge/schema/transfers.js';
import { aTransfer } from '../../../tests/support/entities.js';
import { taskbarProgress } from './taskbar-progress.js';

function aRun(outcomes: readonly BulkItem['outcome'][], fields: Partial<BulkRun> = {}): BulkRun {
  const items = outcomes.map((outcome, index) => ({
    serverId: `home/${index}`,
    name: 'A',
    outcome,
    problem: null,
  }));
  const run = { id: 'a', action: 'stop' as const, pauseMs: 0, startedAt: 0, nextAt: 0 };
  return { ...run, finishedAt: null, isCancelled: false, waitsForEach: false, items, ...fields };
}

it.each([
  ['nothing', null, { value: -1, mode: 'none' }],
  ['one that begins', aRun(['waiting', 'waiting']), { value: 0, mode: 'normal' }],
  ['one under way', aRun(['done', 'sent', 'waiting', 'skipped']), { value: 0.5, mode: 'normal' }],
  ['one with a failure', aRun(['failed', 'waiting']), { value: 0.5, mode: 'error' }],
  ['one that is over', aRun(['done', 'failed'], { finishedAt: 5 }), { value: -1, mode: 'none' }],
  ['one of nobody', aRun([]), { value: -1, mode: 'none' }],
])('%s', (_what, run, progress) => {
  expect(taskbarProgress(run, [])).toEqual(progress);
});

it.each<[string, readonly Transfer[], object]>([
  ['a download', [aTransfer({ bytes: 25, size: 100 })], { value: 0.25, mode: 'normal' }],
  ['a download of unknown size', [aTransfer({ size: null })], { value: 2, mode: 'indeterminate' }],
  [
    'beside one that failed',
    [aTransfer({ bytes: 0 }), aTransfer({ state: 'failed' })],
    { value: 0, mode: 'error' },
  ],
  ['one that is paused', [aTransfer({ state: 'paused' })], { value: -1, mode: 'none' }],
  ['one that has ended', [aTransfer({ state: 'done' })], { value: -1, mode: 'none' }],
])('%s', (_what, transfers, progress) => {
  expect(taskbarProgress(null, transfers)).toEqual(progress);
});

it('a bulk run comes before downloads', () => {
  expect(taskbarProgress(aRun(['done', 'waiting']), [aTransfer({})])).toEqual({ value: 0.5, mode: 'normal' });
});

import { expect, it } from 'vitest';
import type { BulkItem, BulkRun } from '../../../bridge/schema/bulk.js';
import { bulkProgress } from './bulk-progress.js';

function aRun(outcomes: readonly BulkItem['outcome'][], fields: Partial<BulkRun> = {}): BulkRun {
  const items = outcomes.map((outcome, index) => ({
    serverId: `home/${index}`,
    name: 'A',
    outcome,
    problem: null,
  }));
  const run = { id: 'a', signal: 'stop' as const, pauseMs: 0, startedAt: 0, nextAt: 0 };
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
  expect(bulkProgress(run)).toEqual(progress);
});

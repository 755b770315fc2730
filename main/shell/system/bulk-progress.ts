import type { BulkRun } from '../../../bridge/schema/bulk.js';

export interface TaskbarProgress {
  /** 0 to 1; -1 removes the bar. */
  readonly value: number;
  readonly mode: 'none' | 'normal' | 'error';
}

const none: TaskbarProgress = { value: -1, mode: 'none' };

/** Progress of the bulk run for the taskbar icon. Pure. */
export function bulkProgress(run: BulkRun | null): TaskbarProgress {
  if (run === null || run.finishedAt !== null || run.items.length === 0) return none;
  const open = run.items.filter(({ outcome }) => outcome === 'waiting' || outcome === 'sent').length;
  const hasFailed = run.items.some(({ outcome }) => outcome === 'failed' || outcome === 'unknown');
  return { value: 1 - open / run.items.length, mode: hasFailed ? 'error' : 'normal' };
}

import type { BulkRun } from '../../../bridge/schema/bulk.js';
import type { Transfer } from '../../../bridge/schema/transfers.js';
import { transferSummary } from '../../../bridge/transfers/transfer-summary.js';

export interface TaskbarProgress {
  /** 0 to 1; -1 removes the bar. */
  readonly value: number;
  readonly mode: 'none' | 'normal' | 'error' | 'indeterminate';
}

const none: TaskbarProgress = { value: -1, mode: 'none' };

/** Progress for the taskbar icon: of the bulk run, else of the transfers. Pure. */
export function taskbarProgress(run: BulkRun | null, transfers: readonly Transfer[]): TaskbarProgress {
  return bulkProgress(run) ?? transferProgress(transfers) ?? none;
}

function bulkProgress(run: BulkRun | null): TaskbarProgress | null {
  if (run === null || run.finishedAt !== null || run.items.length === 0) return null;
  const open = run.items.filter(({ outcome }) => outcome === 'waiting' || outcome === 'sent').length;
  const hasFailed = run.items.some(({ outcome }) => outcome === 'failed' || outcome === 'unknown');
  return { value: 1 - open / run.items.length, mode: hasFailed ? 'error' : 'normal' };
}

function transferProgress(transfers: readonly Transfer[]): TaskbarProgress | null {
  const { active, failed, share } = transferSummary(transfers);
  if (active === 0) return null;
  // Above 1, systems show a bar without a value.
  if (share === null) return { value: 2, mode: 'indeterminate' };
  return { value: share, mode: failed > 0 ? 'error' : 'normal' };
}

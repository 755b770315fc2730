import type { BulkRun } from '../../../bridge/schema/domain.js';

export interface Progress {
  /** Of one; -1 takes the bar away. */
  readonly value: number;
  readonly mode: 'none' | 'normal' | 'error';
}

const none: Progress = { value: -1, mode: 'none' };

/** How far an action on many servers is, for the icon in the bar of the desktop. Pure. */
export function bulkProgress(run: BulkRun | null): Progress {
  if (run === null || run.finishedAt !== null || run.items.length === 0) return none;
  const open = run.items.filter(({ outcome }) => outcome === 'waiting' || outcome === 'sent').length;
  const hasFailed = run.items.some(({ outcome }) => outcome === 'failed' || outcome === 'unknown');
  return { value: 1 - open / run.items.length, mode: hasFailed ? 'error' : 'normal' };
}

/** How the outcomes of one signal to many servers are shown. */
import type { BulkItem } from '../../../bridge/schema/domain.js';
import type { IconName } from '../../ui/drawings/icons.js';

/** null = the turning mark: its signal is on its way, or carried out now. */
export const outcomeIcons: Readonly<Record<BulkItem['outcome'], IconName | null>> = {
  waiting: 'clock',
  sent: null,
  done: 'check',
  failed: 'alert',
  unknown: 'alert',
  skipped: 'clear',
  cancelled: 'clear',
};

/** Outcomes after which nothing more happens, in the order in which they are counted. */
export const ends = ['done', 'failed', 'unknown', 'skipped', 'cancelled'] as const;

/** `3 done`, `1 failed`. */
export const countIds = {
  done: 'bulk.done-count',
  failed: 'bulk.failed-count',
  unknown: 'bulk.unknown-count',
  skipped: 'bulk.left-count',
  cancelled: 'bulk.cancelled-count',
} as const;

/** Icons and texts for the outcomes of a bulk action. */
import type { BulkItem } from '../../../bridge/schema/bulk.js';
import type { IconName } from '../../ui/drawings/icons.js';

/** null = spinner: the signal is on its way or being carried out. */
export const outcomeIcons: Readonly<Record<BulkItem['outcome'], IconName | null>> = {
  waiting: 'clock',
  sent: null,
  done: 'check',
  failed: 'alert',
  unknown: 'alert',
  skipped: 'clear',
  cancelled: 'clear',
};

/** Final outcomes, in the order of the summary. */
export const ends = ['done', 'failed', 'unknown', 'skipped', 'cancelled'] as const;

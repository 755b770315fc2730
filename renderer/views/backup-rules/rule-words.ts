/** Texts about which backups a rule keeps. */
import { deletingKeep, tiers } from '../../../bridge/backups/retention.js';
import type { Keep } from '../../../bridge/schema/backup-rules.js';
import { say } from '../../../messages/messages.js';
import { formatList } from '../../ui/text/format.js';

/** `The 3 newest, 7 days, 4 weeks stay`; null = everything stays. */
export function keepWords(keep: Keep | null): string {
  const limited = deletingKeep(keep);
  if (limited === null) return say('backup-rules.stays-all');
  const parts = tiers
    .filter((tier) => limited[tier] > 0)
    .map((tier) => say(`backup-rules.stays-${tier}`, { count: limited[tier] }));
  return say('backup-rules.stays', { list: formatList(parts) });
}

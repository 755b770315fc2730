/** Texts about which backups a rule keeps. */
import type { BackupPolicy } from '../../../bridge/backups/backup-rules.js';
import { deletingKeep, tiers } from '../../../bridge/backups/retention.js';
import type { Keep } from '../../../bridge/schema/backup-rules.js';
import { minuteTime } from '../../../bridge/text/time-of-day.js';
import { say } from '../../../messages/messages.js';
import { formatList } from '../../ui/text/format.js';

/** `The 3 newest, 7 days, 4 weeks stay`; null = all backups stay. */
export function keepWords(keep: Keep | null): string {
  const limited = deletingKeep(keep);
  if (limited === null) return say('backup-rules.stays-all');
  const parts = tiers
    .filter((tier) => limited[tier] > 0)
    .map((tier) => say(`backup-rules.stays-${tier}`, { count: limited[tier] }));
  return say('backup-rules.stays', { list: formatList(parts) });
}

/** `Every day at 4:00, quietly`; null = no backups by plan. */
export function plannedWords(plan: BackupPolicy['plan']): string {
  if (plan === null) return say('backup-rules.plan-none');
  const time = minuteTime(new Date(2000, 0, 1, 0, plan.minute).getTime());
  return plan.quietly ? say('backup-rules.plan-quietly', { time }) : say('backup-rules.plan-daily', { time });
}

/** `A good backup is missing after 3 days`; 0 = no limit. */
export function goodDaysWords(days: number): string {
  return say(days === 0 ? 'backup-rules.good-never' : 'backup-rules.good-days', { count: days });
}

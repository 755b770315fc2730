/** Sentences about a backup by plan. `wall` = current wall-clock time, ms since the epoch. */
import type { BackupPlan, LastPlanned } from '../schema/backup-plans.js';
import { dayAndTime } from '../text/time-of-day.js';
import { say } from '../../messages/messages.js';

/** `Next backup by plan: tomorrow 04:00, quietly`. */
export function planWords({ nextAt, quietly }: Pick<BackupPlan, 'nextAt' | 'quietly'>, wall: number): string {
  const time = dayAndTime(nextAt, wall);
  return quietly ? say('backup-plans.next-quietly', { time }) : say('backup-plans.next', { time });
}

/** Outcome of the last planned backup. `why` = the reason of a refusal; null = unknown. */
export function lastPlanWords(
  { at, outcome }: Pick<LastPlanned, 'at' | 'outcome'>,
  why: string | null,
  wall: number,
): string {
  const time = dayAndTime(at, wall);
  if (outcome === 'refused') return say('backup-plans.last-refused', { time, why: why ?? '' }).trim();
  return say(`backup-plans.last-${outcome}`, { time });
}

import { Cron } from 'croner';
import type { CronFields } from '../../data/schedules.js';

/**
 * The next minute after `from` at which cron comes, in the time zone of the panel (PROTOCOL 2.20.4); null = it cannot
 * be read, or never comes. croner and the panel's reader agree about lists, ranges, steps, names, `L`, `#`, `?` and days
 * that are narrowed twice. Unlike the panel, croner also takes `LW`, refuses `+1` in most fields, and refuses a step
 * that is larger than its field.
 */
export function nextRun(cron: CronFields, timeZone: string, from: number): number | null {
  const pattern = [cron.minute, cron.hour, cron.dayOfMonth, cron.month, cron.dayOfWeek].join(' ');
  try {
    const next = new Cron(pattern, { timezone: timeZone, mode: '5-part' }).nextRun(new Date(from));
    return next?.getTime() ?? null;
  } catch {
    return null;
  }
}

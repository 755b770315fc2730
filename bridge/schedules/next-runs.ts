/** When a schedule of a panel runs, in the panel's time zone. */
import { Cron } from 'croner';
import type { Schedule } from '../schema/schedules.js';
import { cronText } from './fields.js';
import type { PanelZone } from './panel-zone.js';

const minuteMs = 60_000;

/**
 * The next runs after `from` (ms since the epoch), at most `count`. Empty = cron never comes, or the zone is unknown;
 * null = Perch cannot read this cron. The panel reads a little more than croner does, so null is no refusal.
 */
export function nextRuns(
  cron: Schedule['cron'],
  zone: PanelZone,
  { from, count }: { readonly from: number; readonly count: number },
): readonly number[] | null {
  const shift = zone.kind === 'offset' ? zone.minutes * minuteMs : 0;
  const timezone = zone.kind === 'zone' ? zone.zone : 'UTC';
  try {
    const times = new Cron(cronText(cron), { timezone, mode: '5-part' });
    if (zone.kind === 'unknown') return [];
    return times.nextRuns(count, new Date(from + shift)).map((at) => at.getTime() - shift);
  } catch {
    return null;
  }
}

/**
 * The runs from `from` until before `to` (ms since the epoch), at most `most`. null = nobody can tell, because the
 * zone is unknown or Perch cannot read this cron.
 */
export function runsWithin(
  cron: string,
  zone: PanelZone,
  { from, to, most }: { readonly from: number; readonly to: number; readonly most: number },
): readonly number[] | null {
  const shift = zone.kind === 'offset' ? zone.minutes * minuteMs : 0;
  if (zone.kind === 'unknown') return null;
  // A clock without changes is read three times as fast.
  const isEven = zone.kind === 'offset' || zone.zone === 'UTC';
  const clock = isEven ? { utcOffset: 0 } : { timezone: zone.zone };
  const runs: number[] = [];
  try {
    const times = new Cron(cron, { ...clock, mode: '5-part' });
    // The next run after an instant is never the instant itself.
    let after = new Date(from + shift - 1);
    while (runs.length < most) {
      const next = times.nextRun(after);
      if (next === null || next.getTime() - shift >= to) break;
      runs.push(next.getTime() - shift);
      after = next;
    }
    return runs;
  } catch {
    return null;
  }
}

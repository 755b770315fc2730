/** When a schedule of a panel runs, in the panel's time zone. */
import { Cron } from 'croner';
import type { Schedule } from '../schema/schedules.js';
import { cronText } from './fields.js';
import type { PanelZone } from './panel-zone.js';
import { offsetOf } from './zone-clock.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMinutes = 24 * 60;

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

/**
 * The first daily run of the coming year that a change of the panel's clock moves or repeats, in ms since the epoch;
 * null = none, or the zone is unknown. A run ends `leadSeconds` after cron, and should end at `minute` of the day.
 */
export function movedRun(
  cron: Schedule['cron'],
  zone: PanelZone,
  {
    from,
    leadSeconds,
    minute,
  }: { readonly from: number; readonly leadSeconds: number; readonly minute: number },
): number | null {
  if (zone.kind !== 'zone') return null;
  const clockAt = (at: number): number => at + offsetOf(zone.zone, at) * minuteMs;
  const isMoved = (at: number): boolean => {
    const end = at + leadSeconds * 1000;
    const isLate = Math.floor(clockAt(end) / minuteMs) % dayMinutes !== minute;
    // In autumn the clock shows an hour twice, and a panel may take the second one for a new run.
    return isLate || clockAt(at + hourMs) === clockAt(at) || clockAt(at - hourMs) === clockAt(at);
  };
  const found = nextRuns(cron, zone, { from, count: 366 })?.find(isMoved);
  return found === undefined ? null : found + leadSeconds * 1000;
}

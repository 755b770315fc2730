/** Words for the calendar of the week. */
import { oneLine } from '../../../../bridge/console/plain-line.js';
import type { PanelZone } from '../../../../bridge/schedules/panel-zone.js';
import { offsetOf } from '../../../../bridge/schedules/zone-clock.js';
import { longDay, minuteTime, timeElsewhere } from '../../../../bridge/text/time-of-day.js';
import { isHeavy } from '../../../../bridge/week/week-acts.js';
import type { WeekEntry } from '../../../../bridge/week/week-entries.js';
import type { HourRow, WeekCell, WeekGroup } from '../../../../bridge/week/week-grid.js';
import { say } from '../../../../messages/messages.js';
import type { IconName } from '../../../ui/drawings/icons.js';
import { formatList } from '../../../ui/text/format.js';
import { whenWords } from '../../server/schedules/schedule-words.js';

export const actIcons = {
  restart: 'restart',
  stop: 'stop',
  start: 'play',
  backup: 'archive',
  command: 'console',
  other: 'more',
} as const satisfies Record<WeekGroup['act'], IconName>;

/** Text of an hour by the clock of this computer: `04:00`. `midnight` = any day without a change of the clocks. */
function hourWords(hour: number): string {
  return minuteTime(new Date(2026, 0, 5, hour).getTime());
}

/** `04:00`, or `05:00 to 11:00` for several hours without entries. */
export function rowWords({ from, to, isQuiet }: HourRow): string {
  return isQuiet
    ? say('week.span', { from: hourWords(from), to: hourWords((to + 1) % 24) })
    : hourWords(from);
}

/** `Tuesday, December 1, 04:00 to 05:00`. */
export function hoursWords({ day, hour }: Pick<WeekCell, 'day' | 'hour'>, days: readonly number[]): string {
  const from = hourWords(hour);
  return say('week.hours', { day: longDay(days[day] ?? 0), from, to: hourWords((hour + 1) % 24) });
}

/** Name of a cell for screen readers: day, hour and planned entries. */
export function cellWords(cell: WeekCell, days: readonly number[]): string {
  return say('week.cell', {
    hours: hoursWords(cell, days),
    what: formatList(cell.groups.map(groupWords)),
  });
}

function groupWords({ act, runsOn, entries, overlap }: WeekGroup): string {
  const who = say('week.servers', { count: serversOf(entries) });
  const where = say(`runs-where.${runsOn}`);
  const what = say('week.cell-group', { act: say(`week.act-${act}`), who, where });
  return overlap === 0 ? what : say('week.cell-overlap', { what, count: overlap });
}

export function serversOf(entries: readonly WeekEntry[]): number {
  return new Set(entries.map(({ serverId }) => serverId)).size;
}

/** `04:00`, and for a schedule the panel's time if it differs. */
export function timeWords({ at, beginsAt, source }: WeekEntry, zone: PanelZone): string {
  const time = timeAndBegin(at, beginsAt);
  if (source.kind !== 'schedule' || zone.kind === 'unknown') return time;
  const minutes = zone.kind === 'zone' ? offsetOf(zone.zone, at) : zone.minutes;
  if (minutes === -new Date(at).getTimezoneOffset()) return time;
  return say('schedules.both', { time, panel: timeElsewhere(at, minutes) });
}

/** `04:15, begins 04:00` where warnings or waits come first. */
function timeAndBegin(at: number, beginsAt: number): string {
  if (at === beginsAt) return minuteTime(at);
  return say('week.begins', { time: minuteTime(at), begin: minuteTime(beginsAt) });
}

/** `Every 5 minutes`. `cron` = its five fields. */
export function oftenWords(cron: string): string {
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = ''] = cron.split(' ');
  return whenWords({ minute, hour, dayOfMonth, month, dayOfWeek });
}

/** `Nightly: Restart, Command`; for a planned backup of Perch its kind alone. */
export function entryWords({ name, acts, source }: WeekEntry): string {
  const what = formatList(acts.map((act) => say(`week.act-${act}`)));
  if (source.kind === 'plan') return say('week.plan');
  return say('week.entry', { name: oneLine(name, 80), what });
}

export interface NodeOverlap {
  readonly node: string;
  readonly count: number;
}

/** Nodes with overlaps in the entries, with the most servers at once. `nodeOf` = name of the node of a server. */
export function overlapNodes(
  entries: readonly WeekEntry[],
  overlaps: ReadonlyMap<string, number>,
  nodeOf: (serverId: string) => string,
): readonly NodeOverlap[] {
  const most = new Map<string, number>();
  for (const { key, serverId, acts } of entries) {
    const count = overlaps.get(key);
    if (count === undefined || !isHeavy(acts[0])) continue;
    const node = nodeOf(serverId);
    most.set(node, Math.max(most.get(node) ?? 0, count));
  }
  return [...most]
    .map(([node, count]) => ({ node, count }))
    .sort((one, other) => other.count - one.count || (one.node < other.node ? -1 : 1));
}

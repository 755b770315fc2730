import type { WeekEntry } from '../../bridge/week/week-entries.js';
import type { WeekSpan } from '../../bridge/week/week-entries.js';

/** Seven days from a local midnight. */
export function aSpan(year = 2026, month = 10, date = 30): WeekSpan {
  const midnight = (day: number): number => new Date(year, month, date + day).getTime();
  const days = Array.from({ length: 7 }, (_, day) => midnight(day));
  return { from: midnight(0), to: midnight(7), days };
}

/** A restart of one server by a schedule of its panel. */
export function anEntry(fields: Partial<WeekEntry> = {}): WeekEntry {
  const at = fields.at ?? 0;
  const serverId = fields.serverId ?? 'home/1';
  return {
    serverId,
    name: 'Nightly',
    acts: ['restart'],
    delayMs: 0,
    source: { kind: 'schedule', id: 1 },
    key: `${serverId} ${at}`,
    beginsAt: at,
    ...fields,
    at,
  };
}

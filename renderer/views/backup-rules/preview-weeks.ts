/** The calendar of a preview: a column for each week, a row for each day of the week. Pure. */
import type { Calendar } from '../../../bridge/backups/calendar.js';
import type { PlayedDay } from '../../../bridge/backups/retention-preview.js';

interface PreviewCell {
  /** Place in the list of played days. */
  readonly place: number;
  readonly at: number;
  /** State of the day's backup on the chosen day, for the calendar. */
  readonly state: 'exists' | 'deleted' | 'missed' | 'to-come';
}

export interface PreviewWeek {
  /** Time within the month that begins in this week; null if none begins. */
  readonly month: number | null;
  /** Monday to Sunday; null outside of the preview. */
  readonly days: readonly (PreviewCell | null)[];
}

/** `chosen`: place of the chosen day. */
export function previewWeeks(
  played: readonly PlayedDay[],
  chosen: number,
  calendar: Calendar,
): PreviewWeek[] {
  const existing = new Set(played[chosen]?.survivors.map(({ createdAt }) => createdAt));
  function stateOf({ at, missed }: PlayedDay, place: number): PreviewCell['state'] {
    if (place > chosen) return 'to-come';
    if (missed !== null) return 'missed';
    return existing.has(at) ? 'exists' : 'deleted';
  }
  const cells = played.map((day, place): PreviewCell => ({ place, at: day.at, state: stateOf(day, place) }));
  const weeks = new Map<number, (PreviewCell | null)[]>();
  for (const cell of cells) {
    const week = calendar.weekOf(cell.at);
    const days = weeks.get(week) ?? Array.from({ length: 7 }, () => null);
    weeks.set(week, days.with(calendar.weekdayOf(cell.at), cell));
  }
  const monthBefore = (place: number): number | null => {
    const before = played[place - 1];
    return before === undefined ? null : calendar.monthOf(before.at);
  };
  return [...weeks.values()].map((days) => ({
    month:
      days.findLast((day) => day !== null && calendar.monthOf(day.at) !== monthBefore(day.place))?.at ?? null,
    days,
  }));
}

/** The seven days that the calendar shows, by the clock of this computer. Pure. */
import type { WeekSpan } from '../../../../bridge/week/week-entries.js';

const daysShown = 7;
const hourMs = 3_600_000;

/** Seven days from today, `weeks` weeks later; the first week begins with the hour of now. `wall` = now. */
export function weekSpan(wall: number, weeks: number): WeekSpan {
  const today = new Date(wall);
  const midnight = (day: number): number =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + weeks * daysShown + day).getTime();
  const days = Array.from({ length: daysShown }, (_, day) => midnight(day));
  const begin = midnight(0);
  return { from: weeks === 0 ? wall - (wall % hourMs) : begin, to: midnight(daysShown), days };
}

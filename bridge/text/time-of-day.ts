/** Formats wall-clock times (ms since the epoch) as times of day and dates. */
import { locale, say } from '../../messages/messages.js';

type Fields =
  | 'short-day'
  | 'long-day'
  | 'time'
  | 'day'
  | 'date'
  | 'minute'
  | 'day-minute'
  | 'weekday'
  | 'weekday-name'
  | 'weekday-short'
  | 'far'
  | 'run'
  | 'far-run';

const hourAndMinute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

const fields: Record<Fields, Intl.DateTimeFormatOptions> = {
  'short-day': { weekday: 'short', day: 'numeric', month: 'short' },
  'long-day': { weekday: 'long', day: 'numeric', month: 'long' },
  time: { timeStyle: 'medium', hourCycle: 'h23' },
  date: { dateStyle: 'medium' },
  day: { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' },
  minute: { timeStyle: 'short', hourCycle: 'h23' },
  weekday: { weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  'weekday-name': { weekday: 'long' },
  'weekday-short': { weekday: 'short' },
  far: { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' },
  run: { weekday: 'short', day: 'numeric', month: 'short', ...hourAndMinute },
  'far-run': { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', ...hourAndMinute },
  'day-minute': { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' },
};

/** One formatter per language and kind: creating one is slow. */
const made = new Map<string, Intl.DateTimeFormat>();

function written(at: number, kind: Fields): string {
  const language = locale();
  const key = `${kind} ${language}`;
  const format = made.get(key) ?? new Intl.DateTimeFormat(language, fields[kind]);
  made.set(key, format);
  return format.format(at);
}

/** `12:41:05`, as in the console's timestamps. */
export function timeOfDay(at: number): string {
  return written(at, 'time');
}

/** `Mar 7, 2027`, in the style of the language. */
export function dateOf(at: number): string {
  return written(at, 'date');
}

/** Time to the second, with the date unless it is today. `wall` = current wall-clock time, ms since the epoch. */
export function momentOfDay(at: number, wall: number): string {
  return written(at, new Date(at).toDateString() === new Date(wall).toDateString() ? 'time' : 'day');
}

/** `12:41`. */
export function minuteTime(at: number): string {
  return written(at, 'minute');
}

/** `Saturday at 20:00`. `weekday` 0 = Sunday. */
export function hourOfWeek({ weekday, hour }: { readonly weekday: number; readonly hour: number }): string {
  // 1 February 2026 is a Sunday, in a week without a change of the clocks.
  return written(new Date(2026, 1, 1 + weekday, hour).getTime(), 'weekday');
}

/** `Monday`, or `Mon`. 0 = Monday. */
export function weekdayName(weekday: number, kind: 'name' | 'short' = 'name'): string {
  // 5 January 2026 is a Monday.
  return written(new Date(2026, 0, 5 + weekday, 12).getTime(), `weekday-${kind}`);
}

/** `Mon, Nov 30`. */
export function shortDay(at: number): string {
  return written(at, 'short-day');
}

/** `Monday, November 30`. */
export function longDay(at: number): string {
  return written(at, 'long-day');
}

/** `12:41` today, otherwise with the date. */
export function timeOrDay(at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return written(at, isToday ? 'minute' : 'day-minute');
}

/** `Sat 04:00` on a clock elsewhere, `offset` minutes east of UTC. */
export function timeElsewhere(at: number, offset: number): string {
  return written(at + offset * 60_000, 'far');
}

/** `today 12:41`, `tomorrow 12:41`, otherwise with the date. */
export function dayAndTime(at: number, now: number): string {
  const days = [
    say('backup-plans.today', { time: minuteTime(at) }),
    say('backup-plans.tomorrow', { time: minuteTime(at) }),
  ];
  const word = days.find((_, day) => dayStart(at) === dayStart(now, -day));
  return word ?? timeOrDay(at, now);
}

/** Days after which a date needs its year. */
const daysWithoutYear = 300;

/** `Fri, Dec 4, 05:00`; with the year of a day that is far away. */
export function dayAndMinute(at: number, now: number): string {
  return written(at, Math.abs(at - now) > daysWithoutYear * 86_400_000 ? 'far-run' : 'run');
}

/** Stretches longer than this also show the date (12 hours). */
const sameDayMs = 12 * 3_600_000;

/** Start and end of a stretch of time. The end is rounded up to a full second, so the stretch never looks too short. */
export function stretchOfTime(from: number, to: number): { from: string; to: string } {
  const kind = to - from > sameDayMs ? 'day' : 'time';
  return { from: written(from, kind), to: written(Math.ceil(to / 1000) * 1000, kind) };
}

/** Local midnight `daysBefore` days ago, ms since the epoch. Days may be 23 or 25 hours long (daylight saving time). */
export function dayStart(wall: number, daysBefore = 0): number {
  const now = new Date(wall);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysBefore).getTime();
}

/** Times of day as a person reads them; of moments as the system's clock calls them. */
import { locale } from '../../messages/messages.js';

type Fields = 'time' | 'day' | 'date' | 'minute' | 'day-minute';

const fields: Record<Fields, Intl.DateTimeFormatOptions> = {
  time: { timeStyle: 'medium', hourCycle: 'h23' },
  date: { dateStyle: 'medium' },
  day: { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' },
  minute: { timeStyle: 'short', hourCycle: 'h23' },
  'day-minute': { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' },
};

/** Made once for each language: a formatter is dear. */
const made = new Map<string, Intl.DateTimeFormat>();

function written(at: number, kind: Fields): string {
  const language = locale();
  const key = `${kind} ${language}`;
  const format = made.get(key) ?? new Intl.DateTimeFormat(language, fields[kind]);
  made.set(key, format);
  return format.format(at);
}

/** `12:41:05`, as the stamps of the console. */
export function timeOfDay(at: number): string {
  return written(at, 'time');
}

/** `Mar 7, 2027`, as the language writes it. */
export function dateOf(at: number): string {
  return written(at, 'date');
}

/** Its time, with its day where that is not today. `wall` = what the system's clock says. */
export function momentOfDay(at: number, wall: number): string {
  return written(at, new Date(at).toDateString() === new Date(wall).toDateString() ? 'time' : 'day');
}

/** `12:41`. */
export function minuteTime(at: number): string {
  return written(at, 'minute');
}

/** `12:41` where that is today, and with its date where it is not. */
export function timeOrDay(at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return written(at, isToday ? 'minute' : 'day-minute');
}

/** Longer than this, a time of day alone could be that of another day. */
const sameDayMs = 12 * 3_600_000;

/** The two ends of a stretch in which something happened, in whole seconds and never a shorter one than it was. */
export function stretchOfTime(from: number, to: number): { from: string; to: string } {
  const kind = to - from > sameDayMs ? 'day' : 'time';
  return { from: written(from, kind), to: written(Math.ceil(to / 1000) * 1000, kind) };
}

/** When the day began that was so many days before, where the person is; days are not all of one length. */
export function dayStart(wall: number, daysBefore = 0): number {
  const now = new Date(wall);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysBefore).getTime();
}

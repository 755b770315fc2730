/**
 * Times of a cron text by the local clock (RULES "Causes"). Pure.
 *
 * croner counts in UTC here, with readings of the local clock: the calendar says at which instant the clock shows a
 * reading, as for every other planned time. So a reading that the clock shows twice comes once, and one that the clock
 * skips comes later.
 */
import { Cron } from 'croner';
import type { Calendar } from '../../bridge/backups/calendar.js';

/** A planned time, and the reading of the local clock for it as ms since the epoch of the same reading in UTC. */
export interface CronTime {
  readonly at: number;
  readonly shown: number;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Readings to look through: after a long sleep the older ones do not matter. */
const mostReadings = 300;

const parsed = new Map<string, Cron | null>();
/** Texts that are remembered, more than all rules have. */
const mostParsed = 500;

/** null = the text is no cron. */
function cronOf(text: string): Cron | null {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  if (parsed.size >= mostParsed) parsed.clear();
  let cron: Cron | null = null;
  try {
    cron = new Cron(text, { timezone: 'UTC', mode: '5-part', paused: true });
  } catch {
    // croner's error is in English; a person reads Perch's own sentence.
  }
  parsed.set(text, cron);
  return cron;
}

/** Whether a cron text can be read and comes at all: 31 February never does. */
export function isCron(text: string, now: number): boolean {
  return nextReading(text, now) !== null;
}

/** The first time after `after`; null = never. */
export function nextCronTime(text: string, after: number, calendar: Calendar): number | null {
  const from = shownAt(after, calendar);
  const shift = shiftAround(after, calendar);
  let best: number | null = null;
  let reading = nextReading(text, from - shift - minuteMs);
  while (reading !== null && (best === null || reading <= from + shift)) {
    const at = instantOf(reading, calendar);
    if (at > after && (best === null || at < best)) best = at;
    reading = nextReading(text, reading);
  }
  return best;
}

/** Times after `after` up to `until`, oldest first, each once; only the newest if there are many. */
export function cronTimesBetween(
  text: string,
  after: number,
  until: number,
  calendar: Calendar,
): readonly CronTime[] {
  const shift = Math.max(shiftAround(after, calendar), shiftAround(until, calendar));
  const first = shownAt(after, calendar) - shift;
  const times = new Map<number, CronTime>();
  let reading = previousReading(text, shownAt(until, calendar) + shift + minuteMs);
  for (let count = 0; reading !== null && reading >= first && count < mostReadings; count++) {
    const at = instantOf(reading, calendar);
    if (at > after && at <= until) times.set(at, { at, shown: reading });
    reading = previousReading(text, reading);
  }
  return [...times.values()].sort((one, other) => one.at - other.at);
}

/** Time between this reading and the previous one; null = no previous reading. */
export function cronGap(text: string, { shown }: CronTime): number | null {
  const before = previousReading(text, shown);
  return before === null ? null : shown - before;
}

function nextReading(text: string, after: number): number | null {
  return cronOf(text)?.nextRun(new Date(after))?.getTime() ?? null;
}

function previousReading(text: string, before: number): number | null {
  return cronOf(text)?.previousRuns(1, new Date(before))[0]?.getTime() ?? null;
}

/** Reading of the local clock, without seconds. The calendar remembers instants, so whole minutes keep that small. */
function shownAt(at: number, calendar: Calendar): number {
  const minute = at - (at % minuteMs);
  return calendar.dayOf(minute) * dayMs + calendar.minuteOf(minute) * minuteMs;
}

function instantOf(shown: number, calendar: Calendar): number {
  const day = Math.floor(shown / dayMs);
  return calendar.instantOf(day, Math.round((shown - day * dayMs) / minuteMs));
}

/** By how much somebody changes the clock within a day of this time; 0 = not at all. */
function shiftAround(at: number, calendar: Calendar): number {
  const minute = at - (at % minuteMs);
  const ahead = (time: number): number => shownAt(time, calendar) - time;
  return Math.abs(ahead(minute + dayMs) - ahead(minute - dayMs));
}

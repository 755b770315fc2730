/**
 * Local calendar of a time zone: days, ISO weeks and months of an instant, and the instant of a time of day.
 * Days, weeks and months are counted, so neighbours differ by 1. Weeks begin on Monday (ISO 8601). A day may be 23 or
 * 25 hours long. Instants are in ms since the epoch.
 */
export interface Calendar {
  /** Days since 1 January 1970. */
  dayOf(at: number): number;
  /** Weeks since the week of 1 January 1970. */
  weekOf(at: number): number;
  /** 0 = Monday. */
  weekdayOf(at: number): number;
  /** Minutes since midnight, as the clock shows them. */
  minuteOf(at: number): number;
  /** Months since January of year 0. */
  monthOf(at: number): number;
  /**
   * The instant of a time of day, in minutes since midnight. The first one if the clock shows this time twice; later by
   * the length of the gap if the clock skips this time.
   */
  instantOf(day: number, minute: number): number;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** Instants whose reading is remembered. A calendar may live for months. */
const mostKnown = 5000;
/** 1 January 1970 was a Thursday: 3 days after Monday. */
const daysAfterMonday = 3;

/** `timeZone`: IANA name; missing = the time zone of this computer. */
export function calendarIn(timeZone?: string): Calendar {
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    ...(timeZone === undefined ? {} : { timeZone }),
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const known = new Map<number, number>();

  /** Reading of the local clock, as ms since the epoch of the same reading in UTC. */
  function shownAt(at: number): number {
    const seen = known.get(at);
    if (seen !== undefined) return seen;
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const shown = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    );
    if (known.size >= mostKnown) known.clear();
    known.set(at, shown);
    return shown;
  }

  const offsetAt = (at: number): number => shownAt(at) - Math.floor(at / 1000) * 1000;
  const dayOf = (at: number): number => Math.floor(shownAt(at) / dayMs);

  return {
    dayOf,
    weekOf: (at) => Math.floor((dayOf(at) + daysAfterMonday) / 7),
    weekdayOf: (at) => (((dayOf(at) + daysAfterMonday) % 7) + 7) % 7,
    minuteOf: (at) => Math.floor((shownAt(at) - dayOf(at) * dayMs) / minuteMs),
    monthOf(at) {
      const shown = new Date(shownAt(at));
      return shown.getUTCFullYear() * 12 + shown.getUTCMonth();
    },
    instantOf(day, minute) {
      const wanted = day * dayMs + minute * minuteMs;
      const before = wanted - offsetAt(wanted - dayMs);
      const after = wanted - offsetAt(wanted + dayMs);
      const exact = [before, after].filter((at) => shownAt(at) === wanted);
      return exact.length === 0 ? before : Math.min(...exact);
    },
  };
}

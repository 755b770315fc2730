/** The moment for which Perch judges rules. */
import { calendarIn, type Calendar } from '../../bridge/backups/calendar.js';
import type { RuleMoment } from '../../bridge/rules/rule-facts.js';
import type { Clock, Random } from '../base/ports.js';
import type { Interests } from '../fleet/interests.js';
import type { KnownServers } from './known-servers.js';
import type { RunMoment } from './run-state.js';

interface RuleMomentDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly known: Pick<KnownServers, 'of'>;
  readonly interests: Pick<Interests, 'isWatched'>;
}

/** Lifetime of a calendar in ms. A new calendar takes over a changed time zone of this computer. */
const calendarMs = 10 * 60_000;

/** Makes the function that returns the current moment. */
export function ruleMoments({ clock, random, known, interests }: RuleMomentDeps): () => RunMoment {
  let calendar = calendarIn();
  let calendarAt = clock.now();
  return () => {
    const [now, wall] = [clock.now(), clock.wall()];
    if (now - calendarAt > calendarMs) [calendar, calendarAt] = [calendarIn(), now];
    return {
      now,
      wall,
      calendar,
      clock: clockOf(calendar, wall),
      isWatched: interests.isWatched,
      random,
      server: (id) => known.of(id, now),
    };
  };
}

function clockOf(calendar: Calendar, wall: number): RuleMoment['clock'] {
  // Whole minutes, because the calendar remembers each instant.
  const at = wall - (wall % 60_000);
  return { weekday: calendar.weekdayOf(at), minute: calendar.minuteOf(at) };
}

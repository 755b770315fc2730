/** Recent crashes per server, from the events. Pure. */
import { eventPlacesOf } from '../../../bridge/events/event-places.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import { dayStart } from '../../../bridge/text/time-of-day.js';

/** Server id -> times of its crashes; servers without crashes are missing. */
export type CrashTimes = ReadonlyMap<string, readonly number[]>;

export function crashTimes(events: readonly HistoryEvent[]): CrashTimes {
  const times = new Map<string, number[]>();
  for (const event of events) {
    if (event.what.kind !== 'crashed') continue;
    for (const { serverId } of eventPlacesOf(event)) {
      if (serverId !== null) times.set(serverId, [...(times.get(serverId) ?? []), event.at]);
    }
  }
  return times;
}

/** `wall` = wall-clock time, ms since the epoch. */
export function crashesToday(times: CrashTimes, serverId: string, wall: number): number {
  const own = times.get(serverId);
  // Fast path: called for every row every second, and most servers never crash.
  if (own === undefined) return 0;
  const today = dayStart(wall);
  return own.filter((at) => at >= today).length;
}

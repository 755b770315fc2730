/** How often servers crashed lately, from the log. Pure. */
import { placesOf } from '../../../bridge/events/event-places.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import { dayStart } from '../../../bridge/text/time-of-day.js';

/** When each server crashed, of those that did. */
export type CrashTimes = ReadonlyMap<string, readonly number[]>;

export function crashTimes(events: readonly HistoryEvent[]): CrashTimes {
  const times = new Map<string, number[]>();
  for (const event of events) {
    if (event.what.kind !== 'crashed') continue;
    for (const { serverId } of placesOf(event)) {
      if (serverId !== null) times.set(serverId, [...(times.get(serverId) ?? []), event.at]);
    }
  }
  return times;
}

/** `wall` = what the system's clock says. */
export function crashesToday(times: CrashTimes, serverId: string, wall: number): number {
  const own = times.get(serverId);
  // Asked for every row and every second: most servers never crash.
  if (own === undefined) return 0;
  const today = dayStart(wall);
  return own.filter((at) => at >= today).length;
}

/** How often servers crashed lately, from the log. Pure. */
import type { HistoryEvent } from '../../bridge/events.js';
import { dayStart } from '../../bridge/time-of-day.js';

/** When each server crashed, of those that did. */
export type CrashTimes = ReadonlyMap<string, readonly number[]>;

export function crashTimes(events: readonly HistoryEvent[]): CrashTimes {
  const times = new Map<string, number[]>();
  for (const { at, serverId, what } of events) {
    if (serverId === null || what.kind !== 'crashed') continue;
    const own = times.get(serverId);
    if (own === undefined) times.set(serverId, [at]);
    else own.push(at);
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

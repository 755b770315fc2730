/** Which start of a server was a good one (CRASHES "Good start"). Pure. */
import type { Server } from '../../bridge/schema/domain.js';
import type { Clock } from '../base/ports.js';

/** A process that has run for this long has started well. Faults that break a server at its start do so earlier. */
const goodAfterMs = 10 * 60_000;
/** Times of one start that come from different sightings differ by less than this. */
const sameStartMs = 120_000;

/** Wall-clock time at which the running process began, if that was a good start; otherwise null. */
export function goodStartOf({ power, usage }: Pick<Server, 'power' | 'usage'>, clock: Clock): number | null {
  if (power !== 'running' || usage === null || usage.uptimeMs < goodAfterMs) return null;
  return clock.wall() - clock.now() + usage.at - usage.uptimeMs;
}

export function isSameStart(one: number, other: number | null): boolean {
  return other !== null && Math.abs(one - other) < sameStartMs;
}

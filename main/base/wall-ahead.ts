import type { Clock } from './ports.js';

/** Wall-clock time minus monotonic time in ms, for conversions between both. Changes when somebody sets the clock. */
export function wallAhead(clock: Pick<Clock, 'now' | 'wall'>): number {
  return clock.wall() - clock.now();
}

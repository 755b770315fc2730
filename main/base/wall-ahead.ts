import type { Clock } from './ports.js';

/** Wall-clock time minus monotonic time in ms, to turn one into the other. It changes when somebody sets the clock. */
export function wallAhead(clock: Pick<Clock, 'now' | 'wall'>): number {
  return clock.wall() - clock.now();
}

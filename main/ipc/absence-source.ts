import type { Absence } from '../../bridge/schema/contract.js';
import type { Clock } from '../base/ports.js';
import type { Source } from '../base/feed-source.js';

/** Who was away for less has only looked at something else. */
const shortestMs = 10 * 60_000;

/**
 * The feed `absence`, which the main window alone watches. Feeds go to windows in sight only, so that somebody watches is
 * that somebody may look. What was last found stays, for a window that is closed and opened again before it was read.
 */
export function absenceSource(clock: Clock): Source<'absence'> {
  let watching = 0;
  let last: Absence | null = null;
  /** null while somebody looks; at first nobody has since the run before. */
  let gone: { readonly at: number; readonly wall: number } | null = { at: -Infinity, wall: 0 };
  return (_params, sink) => {
    watching += 1;
    if (gone !== null && clock.now() - gone.at > shortestMs) last = { from: gone.wall, to: clock.wall() };
    gone = null;
    sink.snapshot(last);
    return () => {
      watching -= 1;
      if (watching === 0) gone = { at: clock.now(), wall: clock.wall() };
    };
  };
}

import type { Absence } from '../../bridge/schema/feeds.js';
import type { Clock } from '../base/ports.js';
import type { Source } from '../base/feed-source.js';

/** Shortest absence that counts, in ms. */
const shortestMs = 10 * 60_000;

/**
 * Source of the feed `absence`: when the user was last away. Only the main window watches it.
 *
 * Feeds go to visible windows only, so a watcher means that the user may be looking. The last absence stays, for a
 * window that is closed before the user has read it.
 */
export function absenceSource(clock: Clock): Source<'absence'> {
  let watching = 0;
  let last: Absence | null = null;
  /**
   * Start of the absence; null = a window watches. Before the first watcher, the user has been away since the last
   * run.
   */
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

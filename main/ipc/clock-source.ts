import type { Clock } from '../base/ports.js';
import type { Source } from '../base/feed-source.js';

/**
 * Source of the feed `clock`: the time that timestamps refer to.
 *
 * A page continues with its own counter. The counter may stop while the computer sleeps, so the feed sends the time
 * again after a wake-up.
 */
export function clockSource(
  clock: Clock,
  wake: { listen(listener: () => void): () => void },
): Source<'clock'> {
  return (_params, sink) => {
    sink.snapshot(clock.now());
    return wake.listen(() => sink.change(clock.now()));
  };
}

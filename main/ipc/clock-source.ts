import type { Clock } from '../base/ports.js';
import type { Source } from '../base/feed-source.js';

/**
 * The feed `clock`: the time that stamps are made of. A page's own counter goes on from there; it may stand still while
 * the computer sleeps, so the time is told again after it.
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

import type { FeedName } from '../../bridge/schema/contract.js';
import type { Sink, Source } from './feeds.js';

/** A feed of one value, whose changes are the whole of it again. */
export function valueSource<N extends FeedName, T>(of: {
  readonly current: T & Parameters<Sink<N>['snapshot']>[0] & Parameters<Sink<N>['change']>[0];
  listen(listener: () => void): () => void;
}): Source<N> {
  return (_params, sink) => {
    sink.snapshot(of.current);
    return of.listen(() => sink.change(of.current));
  };
}

/**
 * Sources of the contract's feeds. A module that has something to show exports a `Source` or a value that changes;
 * `main/app.ts` joins them into one `Sources`, where a missing feed does not compile.
 */
import type { FeedName, SourceChange, SourceParams, SourceSnapshot } from '../../bridge/schema/contract.js';

/** Takes the events of a subscription: the snapshot once and first, then changes. */
export interface Sink<N extends FeedName> {
  snapshot(snapshot: SourceSnapshot<N>): void;
  change(change: SourceChange<N>): void;
}

/** The window that watches. */
export interface Watcher {
  readonly webContentsId: number;
}

/** Starts sending to the sink (the snapshot before it returns) and returns the function that stops it. */
export type Source<N extends FeedName> = (
  params: SourceParams<N>,
  sink: Sink<N>,
  watcher: Watcher,
) => () => void;

/** One source for each feed of the contract. */
export type Sources = { readonly [N in FeedName]: Source<N> };

/** A value with its changes. */
export interface Watched<T> {
  readonly current: T;
  listen(listener: () => void): () => void;
}

/** A feed of one value; each change carries the whole value again. */
export function valueSource<N extends FeedName, T>(
  of: Watched<T & SourceSnapshot<N> & SourceChange<N>>,
): Source<N> {
  return (_params, sink) => {
    sink.snapshot(of.current);
    return of.listen(() => sink.change(of.current));
  };
}

/** A list whose owner gives it away for reading only, as a list of one's own: the contract's types are not readonly. */
export function copied<T>(list: Watched<readonly T[]>): Watched<T[]> {
  return {
    get current() {
      return [...list.current];
    },
    listen: (listener) => list.listen(listener),
  };
}

/**
 * Sources of the contract's feeds. A module exports a `Source` or a watched value; `main/app.ts` joins them into one
 * `Sources`, where a missing feed does not compile.
 */
import type { FeedName, SourceChange, SourceParams, SourceSnapshot } from '../../bridge/schema/contract.js';

/** Receiver of a subscription's events: first one snapshot, then changes. */
export interface Sink<N extends FeedName> {
  snapshot(snapshot: SourceSnapshot<N>): void;
  change(change: SourceChange<N>): void;
}

/** The window that subscribes. */
export interface Watcher {
  readonly webContentsId: number;
}

/** Sends the snapshot before it returns, then changes. Returns the function that ends the subscription. */
export type Source<N extends FeedName> = (
  params: SourceParams<N>,
  sink: Sink<N>,
  watcher: Watcher,
) => () => void;

/** A source for every feed of the contract. */
export type Sources = { readonly [N in FeedName]: Source<N> };

/** A value that can be watched. */
export interface Watched<T> {
  readonly current: T;
  listen(listener: () => void): () => void;
}

/** Feed of one value. Each change carries the complete value. */
export function valueSource<N extends FeedName, T>(
  of: Watched<T & SourceSnapshot<N> & SourceChange<N>>,
): Source<N> {
  return (_params, sink) => feedValue(of, sink);
}

/** Sends the current value, then each change. Returns the function that ends the subscription. */
export function feedValue<S, C>(
  of: Watched<S & C>,
  sink: { snapshot(value: S): void; change(value: C): void },
): () => void {
  sink.snapshot(of.current);
  return of.listen(() => sink.change(of.current));
}

/** The list with mutable copies, because the contract's types are not readonly. */
export function copied<T>(list: Watched<readonly T[]>): Watched<T[]> {
  return {
    get current() {
      return [...list.current];
    },
    listen: (listener) => list.listen(listener),
  };
}

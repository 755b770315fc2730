import type { FeedChange, FeedName, FeedParams, FeedSnapshot } from '../../../bridge/schema/contract.js';
import type { PerchClient } from '../../api.js';
import { Feed } from './feed.svelte.js';

/** Feeds without parameters whose changes are whole states. */
type LatestName = {
  [N in FeedName]: [undefined, FeedChange<N>] extends [FeedParams<N>, FeedSnapshot<N>] ? N : never;
}[FeedName];

/** The state that main sent last; `first`, of type `First` if it is no state, until main has sent any. */
export class LatestFeed<N extends LatestName, First = never> extends Feed<N> {
  latest: FeedSnapshot<N> | First;

  constructor(client: PerchClient, name: N, first: FeedSnapshot<N> | NoInfer<First>) {
    super(client, name, undefined as FeedParams<N>);
    this.latest = $state.raw(first);
  }

  protected override onSnapshot(state: FeedSnapshot<N>): void {
    this.latest = state;
  }

  protected override onChange(state: FeedChange<N>): void {
    this.onSnapshot(state);
  }
}

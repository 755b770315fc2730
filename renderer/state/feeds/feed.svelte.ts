import type { FeedChange, FeedName, FeedParams, FeedSnapshot } from '../../../bridge/schema/contract.js';
import type { Problem } from '../../../bridge/errors.js';
import type { PerchClient } from '../../api.js';

/** A window's subscription to one feed of main, from `start()` to `stop()`. */
export abstract class Feed<N extends FeedName> {
  #subscription: { end: (() => void) | null } | null = null;

  constructor(
    protected readonly client: PerchClient,
    private readonly name: N,
    private readonly params: FeedParams<N>,
  ) {}

  /**
   * Subscribes, until `stop()` or the returned function is called. If already subscribed, subscribes again and then ends
   * the old subscription.
   */
  start(): () => void {
    const old = this.#subscription;
    const mine: { end: (() => void) | null } = { end: null };
    this.#subscription = mine;
    const unlessOver =
      <T>(take: (value: T) => void) =>
      (value: T): void => {
        if (this.#subscription === mine) take(value);
      };
    mine.end = this.client.watch(this.name, this.params, {
      snapshot: unlessOver((snapshot) => this.onSnapshot(snapshot)),
      change: unlessOver((change) => this.onChange(change)),
      failed: unlessOver((problem) => this.onFailed(problem)),
    });
    old?.end?.();
    return () => this.stop();
  }

  stop(): void {
    const subscription = this.#subscription;
    this.#subscription = null;
    subscription?.end?.();
  }

  protected get isStarted(): boolean {
    return this.#subscription !== null;
  }

  /** The whole state: first event, after a gap, and whenever main starts over. */
  protected abstract onSnapshot(snapshot: FeedSnapshot<N>): void;
  protected abstract onChange(change: FeedChange<N>): void;

  /** The feed ended with a problem; no further events follow. */
  protected onFailed(_problem: Problem): void {
    // Most feeds fail together with the feed `fleet`, which shows the problem.
  }
}

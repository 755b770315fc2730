/**
 * The last hour of one server's usage, from main's history. The samples are replaced, never changed, and at most once
 * a second: whoever draws them draws no more often.
 */
import type { FeedChange, FeedSnapshot } from '../../../bridge/schema/contract.js';
import type { UsageStretch } from '../../../bridge/schema/history.js';
import type { PerchClient } from '../../api.js';
import { Feed } from '../feeds/feed.svelte.js';

const hourMs = 3_600_000;
const pauseMs = 1000;

/** Of a server that is gone it fails without a word: its view says so. */
export class UsageFeed extends Feed<'usage'> {
  /** Oldest first. Those that have become older than an hour may still be among them. */
  samples = $state.raw<readonly UsageStretch[]>([]);
  /** How far back it reached when it was told last; null where nothing was known. */
  since = $state<number | null>(null);
  #waiting: UsageStretch[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(client: PerchClient, serverId: string) {
    super(client, 'usage', { serverId });
  }

  override stop(): void {
    super.stop();
    this.#forgetWaiting();
  }

  protected override onSnapshot({ samples }: FeedSnapshot<'usage'>): void {
    this.#forgetWaiting();
    this.samples = samples;
    this.since = samples[0]?.at ?? null;
  }

  protected override onChange({ samples }: FeedChange<'usage'>): void {
    this.#add(samples);
  }

  /** The first at once, what follows it within a second together. */
  #add(samples: readonly UsageStretch[]): void {
    this.#waiting.push(...samples);
    if (this.#timer !== null) return;
    this.#show();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#waiting.length > 0) this.#add([]);
    }, pauseMs);
  }

  #show(): void {
    const all = [...this.samples, ...this.#waiting];
    this.#waiting = [];
    const newest = all.at(-1)?.at ?? 0;
    // What lies after the newest is from before somebody set the clock back.
    this.samples = all.filter(({ at }) => at >= newest - hourMs && at <= newest);
  }

  #forgetWaiting(): void {
    this.#waiting = [];
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

/**
 * Usage of one server in the last hour, from main's history.
 * The array is replaced, never mutated, at most once a second; this bounds how often charts draw.
 */
import type { FeedChange, FeedSnapshot } from '../../../bridge/schema/contract.js';
import type { UsageSample } from '../../../bridge/schema/history.js';
import type { PerchClient } from '../../api.js';
import { Feed } from '../feeds/feed.svelte.js';

const hourMs = 3_600_000;
const pauseMs = 1000;

/** A subscription for a removed server fails silently, because its view shows the reason. */
export class UsageFeed extends Feed<'usage'> {
  /** Oldest first. May contain samples that have become older than an hour. */
  samples = $state.raw<readonly UsageSample[]>([]);
  /** Time of the oldest sample in the last snapshot; null if it was empty. */
  since = $state<number | null>(null);
  #waiting: UsageSample[] = [];
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

  /** Shows the first sample at once, and those within the next second together. */
  #add(samples: readonly UsageSample[]): void {
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
    // Samples later than the newest one come from before the clock was set back.
    this.samples = all.filter(({ at }) => at >= newest - hourMs && at <= newest);
  }

  #forgetWaiting(): void {
    this.#waiting = [];
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

/**
 * The last hour of one server's usage, from main's history. The samples are replaced, never changed, and at most once
 * a second: whoever draws them draws no more often.
 */
import type { UsageSample } from '../../bridge/domain.js';
import type { PerchClient } from '../api.js';

const hourMs = 3_600_000;
const pauseMs = 1000;

export class UsageFeed {
  /** Oldest first. Those that have become older than an hour may still be among them. */
  samples = $state.raw<readonly UsageSample[]>([]);
  readonly #client: PerchClient;
  readonly #serverId: string;
  #end: (() => void) | null = null;
  #waiting: UsageSample[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(client: PerchClient, serverId: string) {
    this.#client = client;
    this.#serverId = serverId;
  }

  start(): void {
    this.#end = this.#client.watch(
      'usage',
      { serverId: this.#serverId },
      {
        snapshot: ({ samples }) => {
          this.#forgetWaiting();
          this.samples = samples;
        },
        change: ({ samples }) => this.#add(samples),
        // A server that is gone has no charts; its view says so.
      },
    );
  }

  stop(): void {
    this.#end?.();
    this.#end = null;
    this.#forgetWaiting();
  }

  /** The first at once, what follows it within a second together. */
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
    // What lies after the newest is from before somebody set the clock back.
    this.samples = all.filter(({ at }) => at >= newest - hourMs && at <= newest);
  }

  #forgetWaiting(): void {
    this.#waiting = [];
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

import type { HistoryEvent } from '../../bridge/events.js';
import type { PerchClient } from '../api.js';
import type { EventsFeed } from './events-feed.svelte.js';

const pageSize = 200;

/** What happened, further back than main has at hand: read in pages, as far as somebody scrolls. */
export class OlderEvents {
  readonly #client: PerchClient;
  readonly #feed: Pick<EventsFeed, 'all'>;
  readonly #serverId: string | null;
  #pages = $state.raw<readonly HistoryEvent[]>([]);
  #wasLast = $state(false);
  /** The oldest entry of the feed when the first page was read: while the feed reaches that far, nothing lies between. */
  #joinsAt = $state.raw('');
  #isLoading = false;

  /** `serverId` = of this server alone. */
  constructor(client: PerchClient, feed: Pick<EventsFeed, 'all'>, serverId: string | null) {
    this.#client = client;
    this.#feed = feed;
    this.#serverId = serverId;
  }

  /** What the feed has, and behind it what was read; newest first. */
  readonly all = $derived.by((): readonly HistoryEvent[] => {
    const newer = this.#feed.all.filter(({ serverId }) => [null, serverId].includes(this.#serverId));
    const oldest = this.#oldestOfFeed ?? '';
    // Earlier runs' entries may have come to the feed meanwhile.
    return this.#isJoined ? [...newer, ...this.#pages.filter(({ id }) => id < oldest)] : newer;
  });

  /** There is nothing older. */
  get isEnd(): boolean {
    return this.#oldestOfFeed === undefined || (this.#wasLast && this.#isJoined);
  }

  /** Reads the next page; where one is on its way already, nothing. */
  async more(): Promise<void> {
    const oldest = this.#oldestOfFeed;
    if (this.#isLoading || this.isEnd || oldest === undefined) return;
    if (!this.#isJoined) this.#pages = [];
    const isFirst = this.#pages.length === 0;
    const before = this.#pages.at(-1)?.id ?? oldest;
    const serverId = this.#serverId === null ? {} : { serverId: this.#serverId };
    this.#isLoading = true;
    try {
      const page = await this.#client.call('events.older', { before, limit: pageSize, ...serverId });
      if (isFirst) this.#joinsAt = before;
      this.#pages = [...this.#pages, ...page.events];
      this.#wasLast = page.isEnd;
    } catch {
      // What can't be read is not there.
      if (isFirst) this.#joinsAt = before;
      this.#wasLast = true;
    } finally {
      this.#isLoading = false;
    }
  }

  get #oldestOfFeed(): string | undefined {
    return this.#feed.all.at(-1)?.id;
  }

  get #isJoined(): boolean {
    return (this.#oldestOfFeed ?? '') <= this.#joinsAt;
  }
}

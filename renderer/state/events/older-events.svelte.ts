import { isOfServer } from '../../../bridge/events/event-places.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import type { PerchClient } from '../../api.js';
import type { EventsFeed } from './events-feed.svelte.js';

const pageSize = 200;

/** Events older than those that main holds in memory, read page by page as the user scrolls. */
export class OlderEvents {
  #pages = $state.raw<readonly HistoryEvent[]>([]);
  #wasLast = $state(false);
  /**
   * Id of the feed's oldest event when the first page was read.
   * While the feed still reaches back to it, the pages connect to the feed without a gap.
   */
  #joinsAt = $state.raw('');
  #loading: Promise<void> | null = null;

  /** `serverId` = only events of this server; null = all. */
  constructor(
    private readonly client: PerchClient,
    private readonly feed: Pick<EventsFeed, 'all'>,
    private readonly serverId: string | null,
  ) {}

  /** Events of the feed, then the pages; newest first. */
  readonly all = $derived.by((): readonly HistoryEvent[] => {
    const newer = this.feed.all.filter((event) => this.serverId === null || isOfServer(event, this.serverId));
    const oldest = this.#oldestOfFeed ?? '';
    // Events of earlier runs may have entered the feed meanwhile; drop them from the pages.
    return this.#isJoined ? [...newer, ...this.#pages.filter(({ id }) => id < oldest)] : newer;
  });

  /** True if no older events exist. */
  get isEnd(): boolean {
    return this.#oldestOfFeed === undefined || (this.#wasLast && this.#isJoined);
  }

  /** Reads the next page; returns the current read if one is in progress. */
  more(): Promise<void> {
    const oldest = this.#oldestOfFeed;
    if (this.#loading !== null) return this.#loading;
    if (this.isEnd || oldest === undefined) return Promise.resolve();
    this.#loading = this.#read(oldest);
    return this.#loading;
  }

  /** Reads all events since `at` (ms since the epoch). */
  async since(at: number): Promise<void> {
    for (let known = -1; !this.isEnd && this.all.length > known;) {
      known = this.all.length;
      if ((this.all.at(-1)?.at ?? at) >= at) await this.more();
    }
  }

  async #read(oldest: string): Promise<void> {
    if (!this.#isJoined) this.#pages = [];
    const isFirst = this.#pages.length === 0;
    const before = this.#pages.at(-1)?.id ?? oldest;
    const serverId = this.serverId === null ? {} : { serverId: this.serverId };
    try {
      const page = await this.client.call('events.older', { before, limit: pageSize, ...serverId });
      // Cleared before the page becomes visible: a reader who needs more asks for the next page at once.
      this.#loading = null;
      if (isFirst) this.#joinsAt = before;
      this.#pages = [...this.#pages, ...page.events];
      this.#wasLast = page.isEnd;
    } catch {
      // Pages that cannot be read count as the end of the list.
      this.#loading = null;
      if (isFirst) this.#joinsAt = before;
      this.#wasLast = true;
    }
  }

  get #oldestOfFeed(): string | undefined {
    return this.feed.all.at(-1)?.id;
  }

  get #isJoined(): boolean {
    return (this.#oldestOfFeed ?? '') <= this.#joinsAt;
  }
}

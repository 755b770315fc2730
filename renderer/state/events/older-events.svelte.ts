import { isOfServer } from '../../../bridge/events/event-places.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import type { PerchClient } from '../../api.js';
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
  #loading: Promise<void> | null = null;

  /** `serverId` = of this server alone. */
  constructor(client: PerchClient, feed: Pick<EventsFeed, 'all'>, serverId: string | null) {
    this.#client = client;
    this.#feed = feed;
    this.#serverId = serverId;
  }

  /** What the feed has, and behind it what was read; newest first. */
  readonly all = $derived.by((): readonly HistoryEvent[] => {
    const newer = this.#feed.all.filter(
      (event) => this.#serverId === null || isOfServer(event, this.#serverId),
    );
    const oldest = this.#oldestOfFeed ?? '';
    // Earlier runs' entries may have come to the feed meanwhile.
    return this.#isJoined ? [...newer, ...this.#pages.filter(({ id }) => id < oldest)] : newer;
  });

  /** There is nothing older. */
  get isEnd(): boolean {
    return this.#oldestOfFeed === undefined || (this.#wasLast && this.#isJoined);
  }

  /** Reads the next page; where one is on its way already, that one alone. */
  more(): Promise<void> {
    const oldest = this.#oldestOfFeed;
    if (this.#loading !== null) return this.#loading;
    if (this.isEnd || oldest === undefined) return Promise.resolve();
    this.#loading = this.#read(oldest);
    return this.#loading;
  }

  /** Reads all that happened from then on. */
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
    const serverId = this.#serverId === null ? {} : { serverId: this.#serverId };
    try {
      const page = await this.#client.call('events.older', { before, limit: pageSize, ...serverId });
      // Before anybody learns of the page: whoever misses something in it asks for the next one at once.
      this.#loading = null;
      if (isFirst) this.#joinsAt = before;
      this.#pages = [...this.#pages, ...page.events];
      this.#wasLast = page.isEnd;
    } catch {
      // What can't be read is not there.
      this.#loading = null;
      if (isFirst) this.#joinsAt = before;
      this.#wasLast = true;
    }
  }

  get #oldestOfFeed(): string | undefined {
    return this.#feed.all.at(-1)?.id;
  }

  get #isJoined(): boolean {
    return (this.#oldestOfFeed ?? '') <= this.#joinsAt;
  }
}

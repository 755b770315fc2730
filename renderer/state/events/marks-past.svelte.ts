/** What happened to one server as far back as its charts look, which is further than the feed of events reaches. */
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import type { PerchClient } from '../../api.js';
import type { EventsFeed } from './events-feed.svelte.js';
import { joinedEvents } from './joined-events.js';

export class MarksPast {
  readonly #client: Pick<PerchClient, 'call'>;
  readonly #feed: Pick<EventsFeed, 'all'>;
  readonly #serverId: string;
  #read = $state.raw<readonly HistoryEvent[]>([]);
  /** All from then on has been read, or is on its way. The system's time, as that of events. */
  #from = Infinity;

  constructor(client: Pick<PerchClient, 'call'>, feed: Pick<EventsFeed, 'all'>, serverId: string) {
    this.#client = client;
    this.#feed = feed;
    this.#serverId = serverId;
  }

  /** In no order. What the feed has of an entry is newer than what was read. */
  readonly all = $derived.by(() => joinedEvents(this.#feed.all, this.#read));

  /** Reads what happened from then on, unless that is known. */
  async reach(from: number): Promise<void> {
    const before = this.#from;
    if (from >= before) return;
    this.#from = from;
    try {
      const { events } = await this.#client.call('events.ofServer', { serverId: this.#serverId, from });
      if (this.#from === from) this.#read = events;
    } catch {
      // What can't be read is tried again when it is looked for again.
      if (this.#from === from) this.#from = before;
    }
  }
}

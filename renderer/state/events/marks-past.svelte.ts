/** Events of one server for the longest range of its charts, which goes further back than the feed `events`. */
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import type { PerchClient } from '../../api.js';
import type { EventsFeed } from './events-feed.svelte.js';
import { joinedEvents } from './joined-events.js';

export class MarksPast {
  #read = $state.raw<readonly HistoryEvent[]>([]);
  /** Events since this time are read or being read. Wall-clock time, ms since the epoch. */
  #from = Infinity;

  constructor(
    private readonly client: Pick<PerchClient, 'call'>,
    private readonly feed: Pick<EventsFeed, 'all'>,
    private readonly serverId: string,
  ) {}

  /** In no particular order. The feed's version of an event replaces the stored one. */
  readonly all = $derived.by(() => joinedEvents(this.feed.all, this.#read));

  /** Reads the events since `from` (wall-clock time, ms since the epoch), unless they are known. */
  async reach(from: number): Promise<void> {
    const before = this.#from;
    if (from >= before) return;
    this.#from = from;
    try {
      const { events } = await this.client.call('events.ofServer', { serverId: this.serverId, from });
      if (this.#from === from) this.#read = events;
    } catch {
      // A failed read is repeated on the next call.
      if (this.#from === from) this.#from = before;
    }
  }
}

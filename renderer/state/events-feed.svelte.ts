/** What happened, as this window knows it: the newest that main has at hand. */
import { unseenNews } from '../../bridge/event-news.js';
import type { HistoryEvent } from '../../bridge/events.js';
import type { PerchClient } from '../api.js';
import { crashesToday, crashTimes, type CrashTimes } from './crashes.js';
import { Feed } from './feed.svelte.js';

/** So many are kept, as by main. */
const mostKept = 1000;

export class EventsFeed extends Feed<'events'> {
  /** Newest first. */
  all = $state.raw<readonly HistoryEvent[]>([]);
  loaded = $state(false);
  readonly #crashes: CrashTimes = $derived(crashTimes(this.all));

  constructor(client: PerchClient) {
    super(client, 'events', undefined);
  }

  /** What a person may want to know, and has not looked at. `seenAt` = until when they have. */
  unseen(seenAt: number): readonly HistoryEvent[] {
    return unseenNews(this.all, seenAt);
  }

  /** `wall` = what the system's clock says. */
  crashesToday(serverId: string, wall: number): number {
    return crashesToday(this.#crashes, serverId, wall);
  }

  protected override onSnapshot(events: HistoryEvent[]): void {
    this.all = newestFirst(events);
    this.loaded = true;
  }

  protected override onChange(changed: HistoryEvent[]): void {
    const others = this.all.filter((event) => !changed.some(({ id }) => id === event.id));
    this.all = newestFirst([...changed, ...others]).slice(0, mostKept);
  }
}

function newestFirst(events: readonly HistoryEvent[]): HistoryEvent[] {
  return [...events].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

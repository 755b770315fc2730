/** What happened, as this window knows it: the newest that main has at hand. */
import { unseenNews } from '../../../bridge/events/event-news.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import type { PerchClient } from '../../api.js';
import { crashesToday, crashTimes, type CrashTimes } from './crashes.js';
import { Feed } from '../feeds/feed.svelte.js';

/** So many has main at hand. */
const mainKeeps = 1000;
/** More than by main, so that what a list has read beyond these goes on behind them. */
const mostKept = 5000;

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
    this.all = newestFirst([...changed.filter((event) => this.#follows(event)), ...others]).slice(
      0,
      mostKept,
    );
  }

  /** Between these and one that began before all of them there may be others. */
  #follows({ id }: HistoryEvent): boolean {
    return this.all.length < mainKeeps || id >= (this.all.at(-1)?.id ?? '');
  }
}

function newestFirst(events: readonly HistoryEvent[]): HistoryEvent[] {
  return [...events].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

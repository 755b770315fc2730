/** The latest events in this window, as received from main. */
import { unseenNews } from '../../../bridge/events/event-news.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import type { PerchClient } from '../../api.js';
import { crashesToday, crashTimes, type CrashTimes } from './crashes.js';
import { Feed } from '../feeds/feed.svelte.js';

/** Number of events that main holds in memory and sends as the snapshot. */
const mainKeeps = 1000;
/** Larger than main's number, so that older events loaded by a list connect to these without a gap. */
const mostKept = 5000;

export class EventsFeed extends Feed<'events'> {
  /** Newest first. */
  all = $state.raw<readonly HistoryEvent[]>([]);
  loaded = $state(false);
  readonly #crashes: CrashTimes = $derived(crashTimes(this.all));

  constructor(client: PerchClient) {
    super(client, 'events', undefined);
  }

  /** Events after `seenAt` (ms since the epoch) that may become alerts. */
  unseen(seenAt: number): readonly HistoryEvent[] {
    return unseenNews(this.all, seenAt);
  }

  /** `wall` = wall-clock time, ms since the epoch. */
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

  /**
   * Whether a new event may enter the list.
   * An event older than all known ones may not: events in between may be missing.
   */
  #follows({ id }: HistoryEvent): boolean {
    return this.all.length < mainKeeps || id >= (this.all.at(-1)?.id ?? '');
  }
}

function newestFirst(events: readonly HistoryEvent[]): HistoryEvent[] {
  return [...events].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

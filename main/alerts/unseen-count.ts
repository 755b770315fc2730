import { newsKind } from '../../bridge/events/event-news.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { Memory } from '../../bridge/schema/memory.js';
import { Observable } from '../base/observable.js';

export interface UnseenCountDeps {
  readonly log: {
    readonly recent: readonly HistoryEvent[];
    listen(listener: () => void): () => void;
    onRecalled(listener: () => void): () => void;
  };
  readonly memory: {
    readonly current: Pick<Memory, 'eventsSeenAt'>;
    listen(listener: () => void): () => void;
  };
  /** Emits when the count changes. */
  readonly count: Observable<number>;
}

/** Counts the events that may need an alert and that the user has not seen yet. Ends with the returned function. */
export function countUnseen({ log, memory, count }: UnseenCountDeps): () => void {
  const look = (): void => {
    const { eventsSeenAt } = memory.current;
    const now = log.recent.filter((event) => event.at > eventsSeenAt && newsKind(event) !== null).length;
    if (now !== count.current) count.set(now);
  };
  look();
  const ends = [log.listen(look), log.onRecalled(look), memory.listen(look)];
  return () => {
    for (const end of ends) end();
  };
}

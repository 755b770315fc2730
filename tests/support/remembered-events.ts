import type { HistoryEvent } from '../../bridge/schema/events.js';
import { Emitter } from '../../main/base/emitter.js';
import type { EventMemory, EventsPage, EventsQuery } from '../../main/base/past.js';

/** Event log in memory instead of on disk. */
export class RememberedEvents implements EventMemory {
  readonly recalled = new Emitter<undefined>();
  readonly byId = new Map<string, HistoryEvent>();

  put(event: HistoryEvent): void {
    this.byId.set(event.id, event);
  }

  lasting(): Promise<HistoryEvent[]> {
    return Promise.resolve(this.#sorted().filter(({ endedAt }) => endedAt === null));
  }

  events({ before, limit, about, from = -Infinity }: EventsQuery): Promise<EventsPage> {
    const older = this.#sorted()
      .filter(({ id, at }) => (before === null || id < before) && at >= from)
      .filter(({ serverId, accountId }) => about === null || about.includes(serverId ?? accountId))
      .reverse();
    return Promise.resolve({ events: older.slice(0, limit), isEnd: older.length <= limit });
  }

  onRecalled(listener: () => void): () => void {
    return this.recalled.listen(listener);
  }

  #sorted(): HistoryEvent[] {
    return [...this.byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

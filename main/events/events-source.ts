import type { HistoryEvent } from '../../bridge/schema/events.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import type { Source } from '../base/feed-source.js';

/** Events within this time are sent together, because the failure of a node causes events of hundreds of servers. */
const batchMs = 100;

export interface EventsSourceDeps {
  readonly clock: Clock;
  readonly log: {
    readonly recent: readonly HistoryEvent[];
    listen(listener: (change: { readonly event: HistoryEvent }) => void): () => void;
    onRecalled(listener: () => void): () => void;
  };
}

/**
 * The feed `events`: first the recent events, then new and changed ones. An event that changes often is sent in its
 * newest version only.
 */
export function eventsSource({ clock, log }: EventsSourceDeps): Source<'events'> {
  return (_params, sink) => {
    const due = new Alarm(clock);
    const changed = new Map<string, HistoryEvent>();
    sink.snapshot([...log.recent]);
    const end = log.listen(({ event }) => {
      changed.set(event.id, event);
      if (due.isSet) return;
      due.set(batchMs, () => {
        sink.change([...changed.values()]);
        changed.clear();
      });
    });
    const endRecalls = log.onRecalled(() => sink.change([...log.recent]));
    return () => {
      end();
      endRecalls();
      due.clear();
    };
  };
}

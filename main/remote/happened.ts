import { eventHow, eventTitle, shortName } from '../../bridge/events/event-words.js';
import { toldWords } from '../../bridge/events/told-words.js';
import { isOfServer } from '../../bridge/events/event-places.js';
import { isLasting, type HistoryEvent } from '../../bridge/schema/events.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import type { RemoteEvent } from '../../bridge/schema/remote-entities.js';
import { spoken, sentence } from '../../messages/messages.js';
import type { EventMemory } from '../base/past.js';
import type { Call } from './call.js';
import { settledServer } from './named-servers.js';
import type { SettledDeps } from './settled.js';

export interface HappenedDeps extends SettledDeps {
  readonly log: {
    readonly recent: readonly HistoryEvent[];
    listen(listener: (change: { readonly event: HistoryEvent }) => void): () => void;
  };
  readonly past: Pick<EventMemory, 'events'>;
}

/** Unread events of a client above which `happened` ends with an error. They must not pile up in memory. */
const mostUnwritten = 1000;

/** Recent events of one server or of all servers. With `follow`, new and updated events come after them. */
export async function happened(
  deps: HappenedDeps,
  { name, limit, follow }: RemoteInput<'events'>,
  call: Call<'events'>,
): Promise<RemoteOutput<'events'>> {
  const serverId = name === null ? null : (await settledServer(deps, name)).id;
  const isWanted = (event: HistoryEvent): boolean => serverId === null || isOfServer(event, serverId);
  let unwritten = 0;
  let isSlow = (): void => undefined;
  const slow = new Promise<'slow'>((resolve) => (isSlow = () => resolve('slow')));
  const unlisten = deps.log.listen(({ event }) => {
    if (!follow || !isWanted(event) || unwritten > mostUnwritten) return;
    unwritten += 1;
    if (unwritten > mostUnwritten) isSlow();
    else call.event({ events: [shownEvent(event)] }, () => (unwritten -= 1));
  });
  try {
    const found = await lately(deps, { serverId, limit, isWanted });
    call.event({ events: found.map(shownEvent) });
    if (follow && (await Promise.race([call.ended, slow])) === 'slow') {
      throw new RemoteError(newFailure('failed', sentence('remote.too-slow'), null));
    }
  } finally {
    unlisten();
  }
  return {};
}

interface Wanted {
  readonly serverId: string | null;
  readonly limit: number;
  readonly isWanted: (event: HistoryEvent) => boolean;
}

/** The newest events, oldest first: from memory, then from the disk until there are `limit`. */
async function lately(
  { log, past }: HappenedDeps,
  { serverId, limit, isWanted }: Wanted,
): Promise<HistoryEvent[]> {
  if (limit === 0) return [];
  // A lasting event is written at its end, so the log is not sorted by time. Event ids sort by time.
  const recent = log.recent.filter(isWanted);
  const about = serverId === null ? null : [serverId];
  const { events } =
    recent.length < limit ? await past.events({ before: null, limit, about }) : { events: [] };
  const all = new Map([...events, ...recent].map((event) => [event.id, event]));
  return [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).slice(-limit);
}

function shownEvent(event: HistoryEvent): RemoteEvent {
  return {
    id: event.id,
    at: event.at,
    kind: event.what.kind,
    server: event.server === null ? null : shortName(event.server),
    panel: shortName(event.panel),
    title: spoken(eventTitle(event)),
    detail: spoken(eventHow(event)),
    told: toldWords(event),
    isOver: !isLasting(event),
  };
}

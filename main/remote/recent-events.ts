import { eventHow, eventTitle, shortName } from '../../bridge/events/event-words.js';
import { deliveryWords } from '../../bridge/events/delivery-words.js';
import { isOfServer } from '../../bridge/events/event-places.js';
import { isLasting, type HistoryEvent } from '../../bridge/schema/events.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import type { RemoteEvent } from '../../bridge/schema/remote-entities.js';
import { spoken, sentence } from '../../messages/messages.js';
import type { EventMemory } from '../base/past.js';
import type { Call } from './call.js';
import { readActivity, readOf, type RemoteFleetActivityDeps } from './fleet-activity.js';
import { shownLine, withActivity } from './activity-lines.js';
import { settledServer } from './named-servers.js';
import { NewLines } from './new-lines.js';
import { settled } from './settled.js';

export interface RecentEventsDeps extends RemoteFleetActivityDeps {
  readonly log: {
    readonly recent: readonly HistoryEvent[];
    listen(listener: (change: { readonly event: HistoryEvent }) => void): () => void;
  };
  readonly past: Pick<EventMemory, 'events'>;
}

/** Unread events of a client above which `recentEvents` ends with an error. They must not pile up in memory. */
const mostUnwritten = 1000;
/** How far back the first list of a server counts as new: a node reports actions to its panel up to a minute late. */
const lateMs = 2 * 60_000;

/**
 * Recent events of one server or of all servers; with `others` also actions of others, from the panels' activity. With
 * `follow`, new and updated events and new actions of others come after them.
 */
export async function recentEvents(
  deps: RecentEventsDeps,
  { name, limit, follow, others = false, withinMs }: RemoteInput<'events'>,
  call: Call<'events'>,
): Promise<RemoteOutput<'events'>> {
  const serverId = name === null ? null : (await settledServer(deps, name)).id;
  const isWanted = (event: HistoryEvent): boolean => serverId === null || isOfServer(event, serverId);
  if (others) {
    if (name === null) await settled(deps, { seen: false });
    const tell = (reading: { read: number; of: number }): void => call.event({ events: [], reading });
    await readActivity(deps, serverId, { withinMs: withinMs ?? null, ended: call.ended, tell });
  }
  let unwritten = 0;
  let isSlow = (): void => undefined;
  const slow = new Promise<'slow'>((resolve) => (isSlow = () => resolve('slow')));
  const tellNews = (events: RemoteEvent[]): void => {
    if (events.length === 0 || unwritten > mostUnwritten) return;
    unwritten += 1;
    if (unwritten > mostUnwritten) isSlow();
    else call.event({ events }, () => (unwritten -= 1));
  };
  const ends = [
    deps.log.listen(({ event }) => {
      if (follow && isWanted(event)) tellNews([shownEvent(event)]);
    }),
  ];
  try {
    const found = await lately(deps, { serverId, limit, isWanted });
    const shown = others ? merged(deps, found, { serverId, limit, call }) : found.map(shownEvent);
    call.event({ events: shown });
    if (follow && others) ends.push(followLines(deps, { serverId, isWanted, call, tellNews }));
    if (follow && (await Promise.race([call.ended, slow])) === 'slow') {
      throw new RemoteError(newFailure('failed', sentence('remote.too-slow'), null));
    }
  } finally {
    for (const end of ends) end();
  }
  return {};
}

/** The newest of the events and lines, oldest first. `found` = oldest first. */
function merged(
  deps: RecentEventsDeps,
  found: readonly HistoryEvent[],
  {
    serverId,
    limit,
    call,
  }: Pick<Wanted, 'serverId' | 'limit'> & { readonly call: Pick<Call<'events'>, 'client'> },
): RemoteEvent[] {
  if (limit === 0) return [];
  // An older line may be the same act as an event that was not read.
  const from = found.length < limit ? -Infinity : (found[0]?.at ?? -Infinity);
  const { events, lines } = withActivity(deps, readOf(deps, aloneOrAll(serverId)), found.toReversed(), from);
  return [...events.map(shownEvent), ...lines.map((line) => shownLine(line, call.client))]
    .sort((a, b) => a.at - b.at)
    .slice(-limit);
}

interface Followed extends Pick<Wanted, 'serverId' | 'isWanted'> {
  readonly call: Pick<Call<'events'>, 'client'>;
  tellNews(events: RemoteEvent[]): void;
}

/** Sends each new line once. Returns the function that ends this. */
function followLines(deps: RecentEventsDeps, { serverId, isWanted, call, tellNews }: Followed): () => void {
  const news = new NewLines(deps.clock.wall() - lateMs);
  news.learn(deps.store.state, readOf(deps, aloneOrAll(serverId)));
  return deps.fleetActivity.show(aloneOrAll(serverId), (changed) => {
    const { state } = deps.store;
    const events = deps.log.recent.filter(isWanted).toReversed();
    const read = readOf(
      deps,
      changed.map((one) => one.serverId),
    );
    const { lines } = withActivity(deps, read, events, -Infinity);
    const fresh = news.among(lines, state, read).toReversed();
    news.learn(state, read);
    tellNews(fresh.map((line) => shownLine(line, call.client)));
  });
}

function aloneOrAll(serverId: string | null): readonly string[] | null {
  return serverId === null ? null : [serverId];
}

interface Wanted {
  readonly serverId: string | null;
  readonly limit: number;
  readonly isWanted: (event: HistoryEvent) => boolean;
}

/** The newest events, oldest first: from memory, then from the disk until there are `limit`. */
async function lately(
  { log, past }: RecentEventsDeps,
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
    channels: deliveryWords(event),
    isOver: !isLasting(event),
  };
}

/** Servers and accounts that an event belongs to. Several accounts of one panel may see the same event. Pure. */
import type { EventPlace, HistoryEvent } from '../schema/events.js';

/** All places of the event, its own place first. */
export function eventPlacesOf({ accountId, serverId, also = [] }: HistoryEvent): readonly EventPlace[] {
  return [{ accountId, serverId }, ...also];
}

export function isOfServer(event: HistoryEvent, serverId: string): boolean {
  return event.serverId === serverId || event.also?.some((place) => place.serverId === serverId) === true;
}

/** The event from the point of view of the first place that `isSeer` accepts; undefined if no place matches. */
export function seenFrom(
  event: HistoryEvent,
  isSeer: (place: EventPlace) => boolean,
): HistoryEvent | undefined {
  const places = eventPlacesOf(event);
  const own = places.find(isSeer);
  if (own === undefined) return undefined;
  return at(
    { ...event, ...own },
    places.filter((place) => place !== own),
  );
}

/** The event without removed accounts; undefined if no account is left. */
export function withoutAccounts(
  event: HistoryEvent,
  isGone: (accountId: string) => boolean,
): HistoryEvent | undefined {
  const places = eventPlacesOf(event);
  const left = places.filter(({ accountId }) => !isGone(accountId));
  if (left.length === places.length) return event;
  const [own, ...others] = left;
  return own === undefined ? undefined : at({ ...event, ...own }, others);
}

function at(event: HistoryEvent, others: readonly EventPlace[]): HistoryEvent {
  const seen = { ...event, also: [...others] };
  if (others.length === 0) Reflect.deleteProperty(seen, 'also');
  return seen;
}

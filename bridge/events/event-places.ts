/** Whom an entry of the log is about, where several accounts of one panel see the same. Pure. */
import type { EventPlace, HistoryEvent } from '../schema/events.js';

/** All that the entry is about, its own place first. */
export function placesOf({ accountId, serverId, also = [] }: HistoryEvent): readonly EventPlace[] {
  return [{ accountId, serverId }, ...also];
}

/** Whether the entry is about this server. */
export function isOfServer(event: HistoryEvent, serverId: string): boolean {
  return event.serverId === serverId || event.also?.some((place) => place.serverId === serverId) === true;
}

/** The entry as another of its accounts knows it; undefined where it is none of theirs. */
export function seenFrom(
  event: HistoryEvent,
  isSeer: (place: EventPlace) => boolean,
): HistoryEvent | undefined {
  const places = placesOf(event);
  const own = places.find(isSeer);
  if (own === undefined) return undefined;
  return at(
    { ...event, ...own },
    places.filter((place) => place !== own),
  );
}

/** The entry without accounts that the person has taken out; undefined where it was theirs alone. */
export function withoutAccounts(
  event: HistoryEvent,
  isGone: (accountId: string) => boolean,
): HistoryEvent | undefined {
  const places = placesOf(event);
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

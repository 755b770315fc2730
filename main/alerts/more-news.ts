import { newsKind } from '../../bridge/events/event-news.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';

/** Whether a changed event needs a new alert: a server stays down, or more watched players came. */
export function isMoreNews(before: HistoryEvent, event: HistoryEvent): boolean {
  const kind = newsKind(event);
  if (kind === 'stays-down') return newsKind(before) !== kind;
  const countOf = ({ what }: HistoryEvent): number =>
    what.kind === 'player-joined' ? what.players.length : 0;
  return countOf(event) > countOf(before);
}

/** Events during the user's absence, and their summary. Pure. */
import type { Absence } from '../../bridge/schema/feeds.js';
import { unseenNews } from '../../bridge/events/event-news.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import { say } from '../../messages/messages.js';
import { formatList } from '../ui/text/format.js';

/** Unseen events of the absence; `events` is sorted newest first. */
export function newsOf(
  events: readonly HistoryEvent[],
  absence: Absence | null,
  seenAt: number,
): readonly HistoryEvent[] {
  if (absence === null) return [];
  return unseenNews(events, Math.max(seenAt, absence.from)).filter((event) => beganAt(event) <= absence.to);
}

/** Start of a change that Perch did not observe. Such a change is recorded later than it happened. */
function beganAt({ at, what }: HistoryEvent): number {
  const isUnseen = what.kind === 'went-offline' || what.kind === 'restarted';
  return isUnseen ? (what.from ?? at) : at;
}

/** `While you were away: 2 crashes, 1 outage`. */
export function awayLine(news: readonly HistoryEvent[]): string {
  let crashes = 0;
  let stops = 0;
  let outages = 0;
  for (const { what } of news) {
    if (what.kind === 'crashed') crashes += 1;
    else if (what.kind === 'went-offline') stops += 1;
    else if (what.kind === 'node-unreachable' || what.kind === 'panel-unreachable') outages += 1;
  }
  const count = news.length - crashes - stops - outages;
  const rest = count === news.length ? say('past.count', { count }) : say('past.count-other', { count });
  const parts = [
    ...(crashes > 0 ? [say('past.count-crashes', { count: crashes })] : []),
    ...(stops > 0 ? [say('past.count-stops', { count: stops })] : []),
    ...(outages > 0 ? [say('past.count-outages', { count: outages })] : []),
    ...(count > 0 ? [rest] : []),
  ];
  return say('past.away', { what: formatList(parts) });
}

/** Events of a server as marks on its charts. Pure. */
import { eventTitle } from '../../../../bridge/events/event-words.js';
import { isOfServer, eventPlacesOf } from '../../../../bridge/events/event-places.js';
import type { HistoryEvent } from '../../../../bridge/schema/events.js';
import { momentOfDay } from '../../../../bridge/text/time-of-day.js';
import { say, spoken } from '../../../../messages/messages.js';
import { formatList } from '../../../ui/text/format.js';
import { eventMark } from '../../events/event-mark.js';
import type { ChartEvent, MarkGroup } from './event-groups.js';

interface Place {
  readonly id: string;
  readonly accountId: string;
  readonly node: string;
}

/**
 * Events of the server, its node and its panel, oldest first. `ahead` = wall-clock time minus monotonic time, in ms.
 */
export function chartEventsOf(events: readonly HistoryEvent[], server: Place, ahead: number): ChartEvent[] {
  return events
    .filter((event) => isOf(event, server))
    .map((event) => ({ at: event.at - ahead, isTrouble: isTrouble(event), event }))
    .sort((a, b) => a.at - b.at);
}

function isOf(event: HistoryEvent, server: Place): boolean {
  const { serverId, what } = event;
  if (serverId !== null) return isOfServer(event, server.id);
  if (!eventPlacesOf(event).some(({ accountId }) => accountId === server.accountId)) return false;
  return what.kind === 'panel-unreachable' || (what.kind === 'node-unreachable' && what.node === server.node);
}

function isTrouble(event: HistoryEvent): boolean {
  const mark = eventMark(event);
  return mark === 'crashed' || event.what.kind === 'went-offline';
}

/** Worst event of a group, whose mark is shown. */
export function worstEventOf({ events }: MarkGroup): HistoryEvent | undefined {
  return (events.findLast((one) => one.isTrouble) ?? events.at(-1))?.event;
}

/** Maximum number of events listed in a tooltip. */
const mostTold = 4;

/** `Survival crashed, 21:14:05`; of many events only the first. `wall` = wall-clock time now. */
export function groupWords({ events }: MarkGroup, wall: number): string {
  const told = events
    .slice(0, mostTold)
    .map(({ event }) =>
      say('charts.event', { event: spoken(eventTitle(event)), time: momentOfDay(event.at, wall) }),
    );
  const words = formatList(told);
  const more = events.length - told.length;
  return more === 0 ? words : say('charts.events-more', { events: words, more });
}

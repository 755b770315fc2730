/** The user's filter of the event list. */
import { isOfServer } from '../../../bridge/events/event-places.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import { filtered, eventSpanOf, type EventFilter, type EventGroup, type EventSpan } from './event-filter.js';

/** Value of an unrestricted filter. */
export const everything = 'all';

export class EventChoice {
  search = $state('');
  group = $state<EventGroup>('all');
  span = $state<EventSpan>('always');
  /** `panel <id>` or `group <id>`. */
  place = $state(everything);
  serverId = $state(everything);

  /**
   * `membersOf` = servers of a group; `wall` = wall-clock time now; `awaySince` = end of the user's last visit, null
   * if unknown.
   */
  of(
    events: readonly HistoryEvent[],
    membersOf: (groupId: string) => readonly string[],
    wall: number,
    awaySince: number | null = null,
  ): readonly HistoryEvent[] {
    const { group, search } = this;
    const found = filtered(events, {
      group,
      search,
      span: eventSpanOf(this.span, wall, awaySince),
      place: placeOf(this.place, membersOf),
    });
    if (this.serverId === everything) return found;
    return found.filter((event) => isOfServer(event, this.serverId));
  }
}

function placeOf(place: string, membersOf: (groupId: string) => readonly string[]): EventFilter['place'] {
  const [kind, ...rest] = place.split(' ');
  const id = rest.join(' ');
  if (kind === 'panel') return { accountId: id, serverIds: new Set() };
  return kind === 'group' ? { accountId: null, serverIds: new Set(membersOf(id)) } : null;
}

/** The user's filter of the event list. */
import { isOfServer } from '../../../bridge/events/event-places.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import type { ActivityLine } from '../../../bridge/events/merge-fleet-activity.js';
import { filtered, eventSpanOf, type EventFilter, type EventGroup, type EventSpan } from './event-filter.js';
import { everything, placeOf } from './event-place.js';
import { filteredLines } from './line-filter.js';

export class EventChoice {
  search = $state('');
  group = $state<EventGroup>('all');
  span = $state<EventSpan>('always');
  /** `panel <id>` or `group <id>`. */
  place = $state(everything);
  serverId = $state(everything);
  /** `me`, or `name <user name>`. */
  person = $state(everything);

  /** Number of choices that leave out events; the search is not one of them. */
  get count(): number {
    const isChosen = [this.group !== 'all', this.span !== 'always'];
    const names = [this.place, this.serverId, this.person].map((name) => name !== everything);
    return [...isChosen, ...names].filter(Boolean).length;
  }

  /**
   * The present filter. `membersOf` = servers of a group; `wall` = wall-clock time now; `awaySince` = end of the user's
   * last visit, null if unknown.
   */
  filter(
    membersOf: (groupId: string) => readonly string[],
    wall: number,
    awaySince: number | null = null,
  ): EventFilter {
    return {
      group: this.group,
      search: this.search,
      span: eventSpanOf(this.span, wall, awaySince),
      place: placeOf(this.place, membersOf),
      by: whoOf(this.person),
    };
  }

  of(events: readonly HistoryEvent[], filter: EventFilter): readonly HistoryEvent[] {
    const found = filtered(events, filter);
    if (this.serverId === everything) return found;
    return found.filter((event) => isOfServer(event, this.serverId));
  }

  linesOf(lines: readonly ActivityLine[], filter: EventFilter): readonly ActivityLine[] {
    return filteredLines(lines, filter, this.serverId === everything ? null : this.serverId);
  }
}

function whoOf(person: string): EventFilter['by'] {
  if (person === everything) return null;
  return person === 'me' ? { kind: 'me' } : { kind: 'name', name: person.slice('name '.length) };
}

/** Which events are shown, and under which day. Pure. */
import { newsKind } from '../../../bridge/event-news.js';
import { eventHow, eventTitle } from '../../../bridge/event-words.js';
import type { HappeningKind, HistoryEvent } from '../../../bridge/events.js';
import { dateOf } from '../../../bridge/time-of-day.js';
import { say, spoken } from '../../../words/words.js';
import { fold } from '../../search/words.js';

export const eventGroups = ['all', 'news', 'trouble', 'power', 'changes'] as const;
export type EventGroup = (typeof eventGroups)[number];

const groupOf: Record<HappeningKind, EventGroup> = {
  crashed: 'trouble',
  'went-offline': 'trouble',
  'slow-start': 'trouble',
  limit: 'trouble',
  'node-unreachable': 'trouble',
  'panel-unreachable': 'trouble',
  'key-refused': 'trouble',
  certificate: 'trouble',
  stopped: 'power',
  started: 'power',
  restarted: 'power',
  installed: 'changes',
  'install-failed': 'changes',
  backup: 'changes',
  restored: 'changes',
  suspended: 'changes',
  transferred: 'changes',
  added: 'changes',
  removed: 'changes',
};

export interface EventFilter {
  readonly group: EventGroup;
  readonly search: string;
  /** Of these servers and accounts alone; null = of all. */
  readonly place: { readonly accountId: string | null; readonly serverIds: ReadonlySet<string> } | null;
}

export function filtered(events: readonly HistoryEvent[], filter: EventFilter): readonly HistoryEvent[] {
  const words = fold(filter.search).split(/\s+/u).filter(Boolean);
  return events.filter(
    (event) => isOfGroup(event, filter.group) && isThere(event, filter.place) && says(event, words),
  );
}

function isOfGroup(event: HistoryEvent, group: EventGroup): boolean {
  if (group === 'all') return true;
  return group === 'news' ? newsKind(event) !== null : groupOf[event.what.kind] === group;
}

function isThere({ accountId, serverId }: HistoryEvent, place: EventFilter['place']): boolean {
  if (place === null) return true;
  return accountId === place.accountId || (serverId !== null && place.serverIds.has(serverId));
}

function says(event: HistoryEvent, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = fold([spoken(eventTitle(event)), spoken(eventHow(event)), event.panel].join(' '));
  return words.every((word) => text.includes(word));
}

export type EventItem =
  | { readonly kind: 'day'; readonly key: string; readonly label: string }
  | { readonly kind: 'event'; readonly key: string; readonly event: HistoryEvent };

/** Under the day on which each happened, where the person is. `wall` = what the system's clock says. */
export function byDay(events: readonly HistoryEvent[], wall: number): EventItem[] {
  const items: EventItem[] = [];
  let day = '';
  for (const event of events) {
    const next = dateOf(event.at);
    if (next !== day) items.push({ kind: 'day', key: `day ${event.id}`, label: dayLabel(next, wall) });
    day = next;
    items.push({ kind: 'event', key: event.id, event });
  }
  return items;
}

function dayLabel(date: string, wall: number): string {
  if (date === dateOf(wall)) return say('events.today');
  const now = new Date(wall);
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1, 12);
  return date === dateOf(yesterday.getTime()) ? say('events.yesterday') : date;
}

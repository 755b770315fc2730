/** Filtering of events, and grouping by day. Pure. */
import { isNews } from '../../../bridge/events/event-news.js';
import { eventHow, eventTitle } from '../../../bridge/events/event-words.js';
import { eventPlacesOf } from '../../../bridge/events/event-places.js';
import { deliveryWords } from '../../../bridge/events/delivery-words.js';
import type { ActivityLine } from '../../../bridge/events/merge-fleet-activity.js';
import { onePerServer } from '../../../bridge/fleet/one-per-server.js';
import type { Account } from '../../../bridge/schema/domain.js';
import type { Actor } from '../../../bridge/schema/event-actor.js';
import type { HappeningKind, HistoryEvent } from '../../../bridge/schema/events.js';
import { dateOf, dayStart } from '../../../bridge/text/time-of-day.js';
import { locale, say, spoken } from '../../../messages/messages.js';
import { foldText } from '../../search/words.js';

export const eventGroups = ['all', 'news', 'trouble', 'power', 'changes'] as const;
export type EventGroup = (typeof eventGroups)[number];

const groupOf: Record<HappeningKind, EventGroup> = {
  crashed: 'trouble',
  'went-offline': 'trouble',
  'restart-failed': 'trouble',
  'slow-start': 'trouble',
  limit: 'trouble',
  'backup-overdue': 'trouble',
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
  'copy-failed': 'trouble',
  'files-copied': 'changes',
  'backup-deleted': 'changes',
  'rule-stopped': 'changes',
  'plan-missed': 'trouble',
  'schedule-stuck': 'trouble',
  'quiet-backup': 'trouble',
  restored: 'changes',
  'rule-run': 'changes',
  'rule-told': 'changes',
  'player-act': 'changes',
  broadcast: 'changes',
  'game-silent': 'trouble',
  'player-joined': 'changes',
  'players-on': 'changes',
  'players-gone': 'changes',
  full: 'changes',
  suspended: 'changes',
  transferred: 'changes',
  added: 'changes',
  removed: 'changes',
};

export const eventSpans = ['always', 'away', 'half-day', 'today', 'yesterday', 'week'] as const;
export type EventSpan = (typeof eventSpans)[number];

export interface EventFilter {
  readonly group: EventGroup;
  readonly search: string;
  /** Start (inclusive) and end (exclusive) in wall-clock time; null = any time. */
  readonly span: readonly [from: number, to: number] | null;
  /** Only acts of this person; null = everybody. */
  readonly by: { readonly kind: 'me' } | { readonly kind: 'name'; readonly name: string } | null;
  /** Only events of this account or these servers; null = all. */
  readonly place: { readonly accountId: string | null; readonly serverIds: ReadonlySet<string> } | null;
}

export function filtered(events: readonly HistoryEvent[], filter: EventFilter): readonly HistoryEvent[] {
  const words = searchWords(filter.search);
  return events.filter(
    (event) =>
      isOfGroup(event, filter.group) &&
      isWithin(event, filter.span) &&
      isThere(event, filter.place) &&
      isBy(event, filter.by) &&
      says(event, words),
  );
}

export function searchWords(search: string): readonly string[] {
  return foldText(search).split(/\s+/u).filter(Boolean);
}

/** Who caused the event; undefined for an event that nobody causes. */
export function actorOf({ what }: HistoryEvent): Actor | undefined {
  return 'by' in what ? what.by : undefined;
}

function isBy(event: HistoryEvent, by: EventFilter['by']): boolean {
  if (by === null) return true;
  const actor = actorOf(event);
  if (by.kind === 'me') return actor?.kind === 'me';
  return (
    (actor?.kind === 'person' && actor.name === by.name) ||
    (actor?.kind === 'schedule' && actor.by === by.name)
  );
}

function isOfGroup(event: HistoryEvent, group: EventGroup): boolean {
  if (group === 'all') return true;
  return group === 'news' ? isNews(event) : groupOf[event.what.kind] === group;
}

export function isWithin({ at }: Pick<HistoryEvent, 'at'>, span: EventFilter['span']): boolean {
  return span === null || (at >= span[0] && at < span[1]);
}

function isThere(event: HistoryEvent, place: EventFilter['place']): boolean {
  if (place === null) return true;
  return eventPlacesOf(event).some(
    ({ accountId, serverId }) =>
      accountId === place.accountId || (serverId !== null && place.serverIds.has(serverId)),
  );
}

function says(event: HistoryEvent, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const parts = [spoken(eventTitle(event)), spoken(eventHow(event)), event.panel, deliveryWords(event) ?? ''];
  const text = foldText(parts.join(' '));
  return words.every((word) => text.includes(word));
}

const halfDayMs = 12 * 3_600_000;

/**
 * Time span of a choice, with days in the user's time zone. `wall` = wall-clock time now; `awaySince` = end of the
 * user's last visit, null if unknown.
 */
export function eventSpanOf(
  span: EventSpan,
  wall: number,
  awaySince: number | null = null,
): EventFilter['span'] {
  switch (span) {
    case 'always':
      return null;
    case 'away':
      return awaySince === null ? null : [awaySince, Infinity];
    case 'half-day':
      return [wall - halfDayMs, Infinity];
    case 'today':
      return [dayStart(wall, 0), Infinity];
    case 'yesterday':
      return [dayStart(wall, 1), dayStart(wall, 0)];
    case 'week':
      return [dayStart(wall, 6), Infinity];
  }
}

/**
 * Servers to choose from, sorted by name: those of the fleet, each once although several accounts see it, and servers of
 * events that the fleet has lost, with their latest name.
 */
export function serversIn(
  events: readonly HistoryEvent[],
  listings: readonly { readonly id: string; readonly accountId: string; readonly name: string }[] = [],
  accounts: readonly Account[] = [],
): { id: string; name: string }[] {
  const names = new Map(onePerServer(listings, accounts).map(({ id, name }) => [id, name]));
  const inFleet = new Set(listings.map(({ id }) => id));
  for (const { serverId, server } of events) {
    if (serverId !== null && !inFleet.has(serverId) && !names.has(serverId))
      names.set(serverId, server ?? serverId);
  }
  const { compare } = new Intl.Collator(locale(), { numeric: true });
  return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => compare(a.name, b.name));
}

export type EventItem =
  | { readonly kind: 'day'; readonly key: string; readonly label: string }
  | { readonly kind: 'event'; readonly key: string; readonly event: HistoryEvent }
  | { readonly kind: 'other'; readonly key: string; readonly line: ActivityLine };

/**
 * Events with a heading per day, in the user's time zone. `wall` = wall-clock time now; `others` = actions of others to show
 * between them. Both are newest first.
 */
export function byDay(
  events: readonly HistoryEvent[],
  wall: number,
  others: readonly ActivityLine[] = [],
): EventItem[] {
  const items: EventItem[] = [];
  let day = '';
  const add = (at: number, item: Exclude<EventItem, { kind: 'day' }>): void => {
    const next = dateOf(at);
    if (next !== day) items.push({ kind: 'day', key: `day ${item.key}`, label: dayLabel(next, wall) });
    day = next;
    items.push(item);
  };
  let place = 0;
  const addOthers = (until: number): void => {
    for (let line = others[place]; line !== undefined && line.entry.at > until; line = others[place]) {
      const { entry, of } = line;
      // Ids of entries are unique only within one panel.
      const key = ['other', ...(of === null ? [] : [of.places[0].serverId]), entry.id].join(' ');
      add(entry.at, { kind: 'other', key, line });
      place += 1;
    }
  };
  for (const event of events) {
    addOthers(event.at);
    add(event.at, { kind: 'event', key: event.id, event });
  }
  addOthers(-Infinity);
  return items;
}

function dayLabel(date: string, wall: number): string {
  if (date === dateOf(wall)) return say('events.today');
  return date === dateOf(dayStart(wall, 1)) ? say('events.yesterday') : date;
}

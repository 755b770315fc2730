/** Filtering of actions of others, and the people whom events and lines name. Pure. */
import { activityWords } from '../../../bridge/events/activity-words.js';
import type { ActivityLine } from '../../../bridge/events/merge-fleet-activity.js';
import type { ActivityEntry } from '../../../bridge/schema/activity.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import { locale, say, spoken } from '../../../messages/messages.js';
import { foldText } from '../../search/words.js';
import { actorOf, isWithin, searchWords, type EventFilter, type EventGroup } from './event-filter.js';

/** Entries about a failure. */
const failures = new Set(['server:crashed', 'server:backup.fail', 'server:backup.restore-failed']);

/** `serverId` = only lines of this server; null = all. Needs the messages of the area `activity`. */
export function filteredLines(
  lines: readonly ActivityLine[],
  filter: EventFilter,
  serverId: string | null,
): readonly ActivityLine[] {
  const { group, span, place, by } = filter;
  if (group === 'news' || by?.kind === 'me') return [];
  const words = searchWords(filter.search);
  return lines.filter(
    ({ entry, of }) =>
      (group === 'all' || group === groupOf(entry)) &&
      isWithin(entry, span) &&
      (by === null || entry.by === by.name) &&
      (serverId === null || of?.places.some((one) => one.serverId === serverId) === true) &&
      (place === null ||
        of?.places.some(
          (one) =>
            one.accountId === place.accountId || (one.serverId !== null && place.serverIds.has(one.serverId)),
        ) === true) &&
      (words.length === 0 || saysAll({ entry, of }, words)),
  );
}

function groupOf({ event }: ActivityEntry): EventGroup {
  if (failures.has(event)) return 'trouble';
  return event.startsWith('server:power.') ? 'power' : 'changes';
}

function saysAll(line: ActivityLine, words: readonly string[]): boolean {
  const text = textOf(line);
  return words.every((word) => text.includes(word));
}

/** Folded sentences of entries in the current language: a search compares up to 100,000 with each letter. */
let sentences = { locale: '', of: new WeakMap<ActivityEntry, string>() };

function textOf({ entry, of }: ActivityLine): string {
  if (sentences.locale !== locale()) sentences = { locale: locale(), of: new WeakMap() };
  const known = sentences.of.get(entry);
  if (known !== undefined) return known;
  const text = foldText(
    [spoken(activityWords(entry)), otherWho(entry), of?.server ?? '', of?.panel ?? ''].join(' '),
  );
  sentences.of.set(entry, text);
  return text;
}

/** The acting person, from the panel's activity. */
export function otherWho({ by }: ActivityEntry): string {
  return by === null ? say('activity.other-nobody') : say('activity.other', { name: by });
}

/** Title of a line, with the name of the server in a list of several. */
export function otherTitle({ entry, of }: ActivityLine): string {
  const what = spoken(activityWords(entry));
  return of === null ? what : say('activity.all-title', { server: of.server, what });
}

/** User names in the events and lines, in order. */
export function peopleAmong(events: readonly HistoryEvent[], lines: readonly ActivityLine[]): string[] {
  const names = new Set<string>();
  for (const event of events) {
    const actor = actorOf(event);
    if (actor?.kind === 'person') names.add(actor.name);
    if (actor?.kind === 'schedule' && actor.by !== null) names.add(actor.by);
  }
  for (const { entry } of lines) if (entry.by !== null) names.add(entry.by);
  return [...names].sort((a, b) => a.localeCompare(b));
}

/** Folds neighbours in a list of events that say the same: the newest line and a count remain. Pure. */
import { eventTitle } from '../../../bridge/events/event-words.js';
import { spoken } from '../../../messages/messages.js';
import type { EventItem } from './event-filter.js';
import { otherTitle } from './line-filter.js';

export type TimedItem = Exclude<EventItem, { kind: 'day' }>;

/** Stands below the newest of several lines that say the same, for the older ones. */
export interface RepeatsItem {
  readonly kind: 'repeats';
  readonly key: string;
  /** Keys of the older lines. */
  readonly keys: readonly string[];
  /** Time of the oldest line (wall-clock ms). */
  readonly since: number;
  /** True if the older lines follow. */
  readonly isOpen: boolean;
}

export type ListItem = EventItem | RepeatsItem;

/** Fewest lines that are folded. */
const fewest = 3;

export function timeOf(item: TimedItem): number {
  return item.kind === 'event' ? item.event.at : item.line.entry.at;
}

/** `items` = newest first; `open` = keys of lines whose repeats the user unfolded. */
export function foldRepeats(items: readonly EventItem[], open: ReadonlySet<string>): ListItem[] {
  const folded: ListItem[] = [];
  for (let at = 0; at < items.length;) {
    const run = runFrom(items, at);
    const [newest, ...older] = run;
    const oldest = older.at(-1);
    if (newest === undefined || oldest === undefined || run.length < fewest) {
      folded.push(...items.slice(at, at + Math.max(1, run.length)));
    } else {
      const isOpen = run.some(({ key }) => open.has(key));
      const keys = older.map(({ key }) => key);
      folded.push(newest, {
        kind: 'repeats',
        key: `repeats ${oldest.key}`,
        keys,
        since: timeOf(oldest),
        isOpen,
      });
      if (isOpen) folded.push(...older);
    }
    at += Math.max(1, run.length);
  }
  return folded;
}

/** The line at this place, and those after it that say the same; empty for a heading. */
function runFrom(items: readonly EventItem[], at: number): TimedItem[] {
  const run: TimedItem[] = [];
  for (let place = at; place < items.length; place += 1) {
    const item = items[place];
    if (item === undefined || item.kind === 'day') break;
    const [newest] = run;
    if (newest !== undefined && !saySame(newest, item)) break;
    run.push(item);
  }
  return run;
}

/** Sentences are compared only if all else is equal, because a list may have thousands of lines. */
function saySame(newest: TimedItem, older: TimedItem): boolean {
  if (newest.kind === 'event' && older.kind === 'event') {
    const [one, other] = [newest.event, older.event];
    return (
      one.what.kind === other.what.kind &&
      one.serverId === other.serverId &&
      one.accountId === other.accountId &&
      other.endedAt !== null &&
      spoken(eventTitle(one)) === spoken(eventTitle(other))
    );
  }
  if (newest.kind !== 'other' || older.kind !== 'other') return false;
  const [one, other] = [newest.line, older.line];
  return (
    one.entry.event === other.entry.event &&
    one.entry.by === other.entry.by &&
    one.of?.places[0].serverId === other.of?.places[0].serverId &&
    otherTitle(one) === otherTitle(other)
  );
}

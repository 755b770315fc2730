/**
 * Merges the panel's activity of a server with its events. Pure.
 *
 * Perch sees a stop, and the panel's activity names the same stop. Shown twice, one act would look like two. So an entry
 * of the activity becomes a line only if no event tells the same act of the same person, and an event without a name
 * gets the person of that entry. So every line that names a person stays, in one place or the other. Times are in
 * wall-clock ms; the clocks of panel, node and computer may differ (PROTOCOL 2.14.6).
 */
import type { ActivityEntry } from '../schema/activity.js';
import type { PowerSignal } from '../schema/domain.js';
import type { Actor } from '../schema/event-actor.js';
import type { HistoryEvent } from '../schema/events.js';
import { beginOf, isCause, isCausable, mayHaveCaused, type CausableHappening } from './power-causes.js';

const minuteMs = 60_000;
/** How far the times of one act may lie apart: nodes report to their panel once a minute, and clocks differ. */
const nearMs = 2 * minuteMs;
/** The longest time between the beginning of a backup or restoration and its end; the name decides then. */
const longMs = 24 * 60 * minuteMs;
/** The longest time in which Perch did not see a server that one act may explain. */
const longestUnseenMs = 10 * minuteMs;

/** Entries that are never lines: a person who looks through a folder leaves an entry for each file. */
const unsaid: ReadonlySet<string> = new Set(['server:file.read']);

/**
 * Acts that Perch sends over a node's socket, which the node writes down like acts at the panel's pages (PROTOCOL
 * 2.14.6).
 */
const overSocket = /^server:(?:power\.|console\.)/;

const signals: ReadonlyMap<string, PowerSignal> = new Map(
  (['start', 'stop', 'restart', 'kill'] as const).map((signal) => [`server:power.${signal}`, signal]),
);

export interface MergeChoice {
  /** User names of the accounts that see the server. Acts of their keys are acts of Perch or of the user's programs. */
  readonly users: ReadonlySet<string>;
  /** Entries before this time are left out: the events of that time are not read yet. */
  readonly from: number;
}

export interface MergedActivity {
  /** The events, those without a name with the person whom the activity names. */
  readonly events: readonly HistoryEvent[];
  readonly others: readonly ActivityEntry[];
}

/** Whether an entry can become a line at all: acts of Perch and of the user's programs can't. */
export function isOfOthers({ event, by, isApi }: ActivityEntry, users: MergeChoice['users']): boolean {
  if (unsaid.has(event)) return false;
  return by === null || !users.has(by) || !(isApi || overSocket.test(event));
}

/** Both lists are of one server and newest first. */
export function mergeActivity(
  entries: readonly ActivityEntry[],
  events: readonly HistoryEvent[],
  { users, from }: MergeChoice,
): MergedActivity {
  const acts = entries.filter(({ event }) => aboutEvents.test(event));
  if (acts.length === 0) return { events, others: entries.filter(isWanted) };
  const named = namedBy(acts, events, users);
  const told = named.filter(({ what }) => isCausable(what) || what.kind === 'crashed' || isOfBackups(what));
  return {
    events: named,
    others: entries.filter((entry) => isWanted(entry) && !told.some((event) => tells(event, entry, users))),
  };

  function isWanted(entry: ActivityEntry): boolean {
    return entry.at >= from && isOfOthers(entry, users);
  }
}

/** Entries that an event may include as well. */
const aboutEvents = /^server:(?:power\.|crashed$|backup\.|schedule\.execute$)/;

function isOfBackups({ kind }: HistoryEvent['what']): boolean {
  return kind === 'backup' || kind === 'backup-deleted' || kind === 'restored';
}

/** The events. Each event without a name gets the person of the nearest entry about the same act. */
function namedBy(
  acts: readonly ActivityEntry[],
  events: readonly HistoryEvent[],
  users: MergeChoice['users'],
): readonly HistoryEvent[] {
  let isSame = true;
  const named = events.map((event) => {
    if (actorOf(event).kind !== 'unknown') return event;
    const [nearest] = acts
      .filter((entry) => entry.by !== null && (mayBeBehind(event, entry) || tellsBackup(event, entry, users)))
      .sort((a, b) => Math.abs(a.at - event.at) - Math.abs(b.at - event.at));
    if (nearest === undefined || nearest.by === null) return event;
    isSame = false;
    const by: Actor = { kind: 'person', name: nearest.by };
    return { ...event, what: { ...event.what, by } };
  });
  return isSame ? events : named;
}

function actorOf({ what }: HistoryEvent): Actor {
  return ('by' in what ? what.by : undefined) ?? { kind: 'unknown' };
}

/** Whether this act may have caused an end or a start without a name, by the rule of the event log. */
function mayBeBehind({ at, what }: HistoryEvent, entry: ActivityEntry): boolean {
  const signal = signals.get(entry.event);
  return (
    signal !== undefined &&
    isCausable(what) &&
    isShort(what, at) &&
    mayHaveCaused({ at: entry.at, signal }, { at, what })
  );
}

function isShort(what: CausableHappening, at: number): boolean {
  return at - beginOf(what, at) <= longestUnseenMs;
}

function tells(event: HistoryEvent, entry: ActivityEntry, users: MergeChoice['users']): boolean {
  if (entry.event === 'server:crashed') return isEnd(event) && isNear(event, entry);
  if (entry.event === 'server:schedule.execute') return isScheduleRun(event, entry);
  if (entry.event.startsWith('server:backup.')) return tellsBackup(event, entry, users);
  const signal = signals.get(entry.event);
  if (signal === undefined || !isCausable(event.what) || !isCause(signal, event.what)) return false;
  return isNear(event, entry) && isBy(event, entry, users);
}

/** Whether the event names the person of the entry; an entry without a person says no more than the event. */
function isBy(event: HistoryEvent, { by }: ActivityEntry, users: MergeChoice['users']): boolean {
  if (by === null) return true;
  const actor = actorOf(event);
  switch (actor.kind) {
    case 'me':
      return users.has(by);
    case 'person':
      return actor.name === by;
    case 'schedule':
      return actor.by === by;
    case 'unknown':
      return false;
  }
}

function isEnd({ what }: HistoryEvent): boolean {
  return what.kind === 'crashed' || (isCausable(what) && what.kind !== 'started');
}

function isScheduleRun(event: HistoryEvent, entry: ActivityEntry): boolean {
  const actor = actorOf(event);
  return (
    actor.kind === 'schedule' &&
    actor.by === entry.by &&
    actor.name === entry.properties['name'] &&
    isNear(event, entry)
  );
}

function isNear({ at, what }: HistoryEvent, entry: ActivityEntry): boolean {
  const from = isCausable(what) && isShort(what, at) ? beginOf(what, at) : at;
  return entry.at >= from - nearMs && entry.at <= at + nearMs;
}

function tellsBackup(event: HistoryEvent, entry: ActivityEntry, users: MergeChoice['users']): boolean {
  if (!isSameAct(event, entry) || !isOfBackup(event, entry)) return false;
  return actorOf(event).kind === 'unknown' || isBy(event, entry, users);
}

/** Whether an event is about the same act on a backup. No event is about a download, a lock or a new name. */
function isSameAct({ what }: HistoryEvent, { event }: ActivityEntry): boolean {
  if (/^server:backup\.(?:start|complete|fail)$/.test(event)) return what.kind === 'backup';
  if (event === 'server:backup.delete')
    return what.kind === 'backup-deleted' || (what.kind === 'backup' && what.isDeleted === true);
  return what.kind === 'restored' && event.startsWith('server:backup.restore');
}

/** Whether an event is about the backup: by the backup's name, or by the time if the event has no name. */
function isOfBackup({ at, what }: HistoryEvent, { at: then, properties }: ActivityEntry): boolean {
  const name = 'name' in what ? what.name : undefined;
  if (name === undefined || typeof properties['name'] !== 'string') return Math.abs(at - then) <= nearMs;
  return name === properties['name'] && Math.abs(at - then) <= longMs;
}

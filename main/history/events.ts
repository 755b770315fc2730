/*
 * Stored log of events.
 * An event has one entry per place (server or account) under a key of its id, which begins with its time, and the
 * place. An event that several accounts see has an entry for each. Two further lists hold keys: of events that still
 * last, which may be older than the events read at the start, and of the events of each place, so that a page of one
 * server does not scan all events.
 */
import { eventPlacesOf, seenFrom, withoutAccounts } from '../../bridge/events/event-places.js';
import { idTime } from '../../bridge/events/id-time.js';
import { isLasting, type EventPlace, type HistoryEvent } from '../../bridge/schema/events.js';
import type { EventsPage, EventsQuery } from '../base/past.js';
import { inBatches } from './batches.js';
import { dayMs } from './chunks.js';
import { accountIn, entries, idIn, lasting, listed, ofOne, timeIn, withoutEntry } from './event-keys.js';
import type { DiskChange } from './history-disk.js';
import { rangeOf, type KeyRange } from './key-range.js';
import type { Level } from './level-folder.js';
import { storedEvent } from './stored-event.js';
/** Marks a store whose events are listed by place. */
const listedKey = 'listed';
const keptMs = 90 * dayMs;
/** Entries dated further ahead come from a wrong system clock. They would otherwise stay forever. */
const futureMs = 2 * dayMs;
const mostBytes = 15 * 1024 * 1024;
/** Reached only while the disk takes no writes. */
const mostWaiting = 5000;
const keysAtOnce = 1000;

interface Waiting {
  readonly event: HistoryEvent;
  readonly changes: readonly DiskChange[];
}

export class StoredEvents {
  /** Unsaved events by id, in their latest version. */
  readonly #waiting = new Map<string, Waiting>();

  /** Adds an event, or replaces its earlier version. */
  put(event: HistoryEvent): void {
    this.#waiting.set(event.id, { event, changes: changesOf(event) });
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > mostWaiting && oldest !== undefined) this.#waiting.delete(oldest);
  }

  get unwritten(): readonly DiskChange[] {
    return [...this.#waiting.values()].flatMap(({ changes }) => changes);
  }

  /** An event that changed during the write stays unsaved. */
  written(changes: readonly DiskChange[]): void {
    const done = new Set(changes);
    for (const [id, one] of this.#waiting) {
      if (one.changes.every((change) => done.has(change))) this.#waiting.delete(id);
    }
  }

  /** Newest first. */
  async page(level: Level | null, query: EventsQuery): Promise<EventsPage> {
    const { before, limit, from = -Infinity } = query;
    const kept = level === null ? { events: [], isEnd: true } : await stored(level, query);
    const waiting = [...this.#waiting.values()]
      .filter(({ event }) => (before === null || event.id < before) && event.at >= from)
      .flatMap(({ event }) => seenFrom(event, (place) => isAbout(query, aboutOf(place))) ?? []);
    const all = newestFirst([...kept.events.filter(({ id }) => !this.#waiting.has(id)), ...waiting]);
    return { events: all.slice(0, limit), isEnd: kept.isEnd && all.length <= limit };
  }

  /** Oldest first. */
  async lasting(level: Level | null): Promise<HistoryEvent[]> {
    const kept = level === null ? [] : await storedLasting(level);
    const waiting = [...this.#waiting.values()].map(({ event }) => event).filter(isLasting);
    return newestFirst([...kept.filter(({ id }) => !this.#waiting.has(id)), ...waiting]).reverse();
  }

  forgetWaiting(isGone: (accountId: string) => boolean): void {
    for (const [id, { event }] of this.#waiting) {
      const left = withoutAccounts(event, isGone);
      if (left === undefined) this.#waiting.delete(id);
      else if (left !== event) this.#waiting.set(id, { event: left, changes: changesOf(left) });
    }
  }

  /** Deletes the events of removed accounts and compacts, so that they leave the disk. */
  async forget(level: Level, isGone: (accountId: string) => boolean): Promise<void> {
    const gone: DiskChange[] = [];
    for await (const key of level.keys(rangeOf(entries))) {
      if (isGone(accountIn(key))) gone.push(...withoutEntry(key));
    }
    if (gone.length === 0) return;
    await level.batch(gone);
    for (const prefix of [entries, lasting, ofOne]) {
      const { gte, lt } = rangeOf(prefix);
      await level.compactRange(gte, lt);
    }
  }
}

/** Lists the events of an earlier version that had no lists by place. */
export async function listEvents(level: Level): Promise<void> {
  if ((await level.get(listedKey)) !== undefined) return;
  await changeEach(level, rangeOf(entries), listed);
  await level.put(listedKey, new Uint8Array());
}

/** Deletes events that are too old by wall-clock time, and the oldest if the log is too large. */
export async function dropOldEvents(level: Level, now: number): Promise<void> {
  const { gte, lt } = rangeOf(entries);
  await changeEach(level, { gte, lt: entries + idTime(now - keptMs) }, withoutEntry);
  await changeEach(level, { gte: entries + idTime(now + futureMs), lt }, withoutEntry);
  while ((await level.approximateSize(gte, lt)) > mostBytes) {
    const [oldest] = await level.keys({ gte, lt, limit: 1 }).all();
    if (oldest === undefined) return;
    const until = entries + idTime(timeIn(oldest) + dayMs);
    await changeEach(level, { gte, lt: until }, withoutEntry);
    await level.compactRange(gte, until);
  }
}

/** Makes the changes that `of` returns for each key of a range. */
async function changeEach(
  level: Level,
  range: KeyRange,
  of: (key: string) => readonly DiskChange[],
): Promise<void> {
  for await (const keys of inBatches(level.keys(range), keysAtOnce)) await level.batch(keys.flatMap(of));
}

function changesOf(event: HistoryEvent): DiskChange[] {
  return eventPlacesOf(event).flatMap((own) => {
    const seen = seenFrom(
      event,
      ({ accountId, serverId }) => aboutOf({ accountId, serverId }) === aboutOf(own),
    );
    return seen === undefined ? [] : changesOfOne(seen);
  });
}

function changesOfOne(event: HistoryEvent): DiskChange[] {
  const name = `${event.id}/${aboutOf(event)}`;
  const value = new TextEncoder().encode(JSON.stringify(event));
  return [
    { type: 'put', key: entries + name, value },
    ...listed(entries + name),
    isLasting(event)
      ? { type: 'put', key: lasting + name, value: new Uint8Array() }
      : { type: 'del', key: lasting + name },
  ];
}

/** Reads keys first, and entries only for the page. */
async function stored(level: Level, query: EventsQuery): Promise<EventsPage> {
  const { about, limit } = query;
  const lists = await Promise.all(
    about === null ? [keysIn(level, entries, query)] : about.map((one) => keysAbout(level, one, query)),
  );
  const keys = uniqueKeys(lists.flat().sort().reverse());
  return { events: await eventsAt(level, keys.slice(0, limit)), isEnd: keys.length <= limit };
}

async function keysAbout(level: Level, one: string, query: EventsQuery): Promise<string[]> {
  const prefix = `${ofOne}${one}/`;
  const keys = await keysIn(level, prefix, query);
  return keys.map((key) => `${entries}${key.slice(prefix.length)}/${one}`);
}

/** Removes repeated ids of events that several accounts see. Needs sorted keys. */
function uniqueKeys(keys: readonly string[]): string[] {
  return keys.filter((key, place) => idIn(key) !== idIn(keys[place - 1] ?? ''));
}

/**
 * The newest keys of a list, one more than a page holds. Keys of an account's servers lie among those of the account
 * and are skipped.
 */
async function keysIn(level: Level, prefix: string, { before, limit, from }: EventsQuery): Promise<string[]> {
  const range = { ...rangeOf(prefix), reverse: true };
  if (from !== undefined) range.gte = prefix + idTime(from);
  if (before !== null) range.lt = prefix + before;
  const found: string[] = [];
  for await (const key of level.keys(range)) {
    if (prefix !== entries && key.includes('/', prefix.length)) continue;
    if (prefix === entries && idIn(key) === idIn(found.at(-1) ?? '')) continue;
    found.push(key);
    if (found.length > limit) break;
  }
  return found;
}

async function storedLasting(level: Level): Promise<HistoryEvent[]> {
  const keys = await level.keys(rangeOf(lasting)).all();
  return eventsAt(
    level,
    uniqueKeys(keys).map((key) => entries + key.slice(lasting.length)),
  );
}

/** Skips damaged entries. */
async function eventsAt(level: Level, keys: string[]): Promise<HistoryEvent[]> {
  const values = await level.getMany(keys);
  return values.flatMap((value) => {
    const event = storedEvent(new TextDecoder().decode(value));
    return event === null ? [] : [event];
  });
}

function newestFirst(events: readonly HistoryEvent[]): HistoryEvent[] {
  return events.toSorted((a, b) => (a.id < b.id ? 1 : -1));
}

function isAbout({ about }: EventsQuery, one: string): boolean {
  return about === null || about.includes(one);
}

function aboutOf({ serverId, accountId }: EventPlace): string {
  return serverId ?? accountId;
}

import * as z from 'zod';
import type { EventPage, EventQuery, PastEvent } from '../base/past.js';
import { dayMs } from './chunks.js';
import type { Change } from './history-disk.js';
import type { Level } from './level-folder.js';

const prefix = 'e/';
const end = 'e0';
const keptMs = 90 * dayMs;
const mostBytes = 15 * 1024 * 1024;
/** More waits only where nothing can be written. */
const mostWaiting = 1000;
/** A page is looked for in no more than these, so that a question for what is rare ends as well. */
const mostRead = 20_000;
const readAtOnce = 500;

/** As it lies on disk: `at` is the system's time. */
const eventSchema = z.object({
  at: z.number(),
  kind: z.string(),
  accountId: z.string().nullable(),
  serverId: z.string().nullable(),
  version: z.number(),
  body: z.unknown(),
});

interface Entry {
  readonly key: string;
  readonly event: PastEvent;
}

/** What happened, by its time. What an event holds is the matter of whoever noted it. */
export class Events {
  #waiting: Entry[] = [];
  #count = 0;

  /** `event.at` is the system's time. Answers its key, which no other has. */
  add(event: PastEvent): string {
    const key = `${keyAt(event.at)}-${(this.#count++).toString(36).padStart(6, '0')}`;
    this.#waiting.push({ key, event });
    if (this.#waiting.length > mostWaiting) this.#waiting.shift();
    return key;
  }

  get unwritten(): readonly Change[] {
    return this.#waiting.map(({ key, event }) => ({
      type: 'put',
      key,
      value: new TextEncoder().encode(JSON.stringify(event)),
    }));
  }

  written(changes: readonly Change[]): void {
    const keys = new Set(changes.map(({ key }) => key));
    this.#waiting = this.#waiting.filter(({ key }) => !keys.has(key));
  }

  /** Newest first. Times are the system's. */
  async page(level: Level | null, query: EventQuery): Promise<EventPage> {
    const from = keyAt(query.from ?? 0);
    const to = query.before ?? (query.to === undefined ? end : keyAt(query.to));
    const waiting = this.#waiting.filter(({ key }) => key >= from && key < to).toReversed();
    const found = [];
    let read = 0;
    for await (const entry of newestFirst(waiting, level === null ? null : stored(level, from, to))) {
      read += 1;
      if (fits(entry.event, query)) found.push(entry);
      if (found.length === query.limit || read === mostRead)
        return { events: found.map(shown), next: entry.key };
    }
    return { events: found.map(shown), next: null };
  }

  async forget(level: Level | null, isGone: (accountId: string) => boolean): Promise<void> {
    const isOfGone = ({ event }: Entry): boolean => event.accountId !== null && isGone(event.accountId);
    this.#waiting = this.#waiting.filter((entry) => !isOfGone(entry));
    if (level === null) return;
    for await (const entry of stored(level, prefix, end)) if (isOfGone(entry)) await level.del(entry.key);
  }
}

/** Lets go of what is too old, by the system's time, and of the oldest where it is too much. */
export async function dropOldEvents(level: Level, now: number): Promise<void> {
  await level.clear({ gte: prefix, lt: keyAt(now - keptMs) });
  while ((await level.approximateSize(prefix, end)) > mostBytes) {
    const [oldest] = await level.keys({ gte: prefix, lt: end, limit: 1 }).all();
    if (oldest === undefined) return;
    const until = keyAt(timeIn(oldest) + dayMs);
    await level.clear({ gte: prefix, lt: until });
    await level.compactRange(prefix, until);
  }
}

async function* newestFirst(
  waiting: readonly Entry[],
  kept: AsyncGenerator<Entry> | null,
): AsyncGenerator<Entry> {
  let next = 0;
  const keys = new Set(waiting.map(({ key }) => key));
  for await (const entry of kept ?? []) {
    if (keys.has(entry.key)) continue;
    for (let one = waiting[next]; one !== undefined && one.key > entry.key; one = waiting[++next]) yield one;
    yield entry;
  }
  yield* waiting.slice(next);
}

/** Damaged ones are passed over. */
async function* stored(level: Level, from: string, to: string): AsyncGenerator<Entry> {
  const entries = level.iterator({ gte: from, lt: to, reverse: true });
  try {
    for (
      let some = await entries.nextv(readAtOnce);
      some.length > 0;
      some = await entries.nextv(readAtOnce)
    ) {
      for (const [key, value] of some) {
        const event = eventIn(value);
        if (event !== null) yield { key, event };
      }
    }
  } finally {
    await entries.close();
  }
}

function eventIn(value: Uint8Array): PastEvent | null {
  try {
    return eventSchema.parse(JSON.parse(new TextDecoder().decode(value)));
  } catch {
    return null;
  }
}

function fits({ kind, serverId, accountId }: PastEvent, query: EventQuery): boolean {
  return (
    (query.kinds?.includes(kind) ?? true) &&
    (query.serverId === undefined || query.serverId === serverId) &&
    (query.accountId === undefined || query.accountId === accountId)
  );
}

function shown({ key, event }: Entry): EventPage['events'][number] {
  return { id: key, ...event };
}

function keyAt(at: number): string {
  return prefix + Math.max(0, Math.floor(at)).toString(36).padStart(9, '0');
}

function timeIn(key: string): number {
  return Number.parseInt(key.slice(prefix.length, prefix.length + 9), 36);
}

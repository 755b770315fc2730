import { beforeEach, describe, expect, it, vi } from 'vitest';
import { idTime } from '../../bridge/events/id-time.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import { anEvent } from '../../tests/support/history-events.js';
import { historyLevels, keysOf } from '../../tests/support/history-level.js';
import type { EventsQuery } from '../base/past.js';
import { lostEvents } from './check-events.js';
import { dayMs } from './chunks.js';
import { dropOldEvents, StoredEvents, listEvents } from './events.js';
import type { DiskChange } from './history-disk.js';
import type { Level } from './level-folder.js';

const begin = 19_675 * dayMs;
const aLevel = historyLevels();
let level: Level;
let events = new StoredEvents();
let count = 0;

beforeEach(async () => {
  level = await aLevel();
  events = new StoredEvents();
});

function entry(at: number, fields: Partial<HistoryEvent> = {}): HistoryEvent {
  return anEvent({ id: `${idTime(at)}-${++count}`, at, ...fields });
}

async function write(...all: readonly HistoryEvent[]): Promise<void> {
  for (const one of all) events.put(one);
  await level.batch([...events.unwritten]);
  events.written(events.unwritten);
}

function page(query: Partial<EventsQuery> = {}, of: Level | null = level) {
  return events.page(of, { before: null, limit: 10, about: null, ...query });
}

const batchSizes = (writes: { mock: { calls: readonly (readonly unknown[])[] } }): number[] =>
  writes.mock.calls.map(([changes]) => (changes as DiskChange[]).length);

describe('events before their first write', () => {
  it('are read without a store', async () => {
    const [one, two] = [entry(begin), entry(begin + 1, { endedAt: null })];
    events.put(two);
    events.put(one);
    expect(await page({}, null)).toEqual({ events: [two, one], isEnd: true });
    expect(await page({ limit: 1 }, null)).toEqual({ events: [two], isEnd: false });
    expect(await page({ before: two.id }, null)).toEqual({ events: [one], isEnd: true });
    expect(await events.lasting(null)).toEqual([two]);
  });

  it('keep waiting if they changed during the write', async () => {
    const one = entry(begin, { endedAt: null });
    events.put(one);
    const written = events.unwritten;
    events.put({ ...one, endedAt: begin + 5 });
    events.written(written);
    expect(events.unwritten).toHaveLength(3);
    events.written(events.unwritten.slice(0, 1));
    expect(events.unwritten).toHaveLength(3);
    events.written(events.unwritten);
    expect(events.unwritten).toEqual([]);
  });

  it('are 5,000 at most: the oldest go', async () => {
    const all = Array.from({ length: 5001 }, (_none, ms) => entry(begin + ms));
    for (const one of all.slice(0, 5000)) events.put(one);
    expect((await page({ limit: 6000 }, null)).events).toHaveLength(5000);
    const last = all.at(-1);
    if (last !== undefined) events.put(last);
    const left = await page({ limit: 6000 }, null);
    expect(left.events).toHaveLength(5000);
    expect(left.events.at(-1)).toEqual(all[1]);
  });

  it('go with their account, and stay with the other accounts', async () => {
    const also = [{ accountId: 'town', serverId: 'town/1' }];
    const [mine, shared, theirs] = [
      entry(begin),
      entry(begin + 1, { also }),
      entry(begin + 2, { accountId: 'town', serverId: 'town/2' }),
    ];
    for (const one of [mine, shared, theirs]) events.put(one);
    const untouched = events.unwritten.at(-1);
    events.forgetWaiting((id) => id === 'home');
    const { events: left } = await page({}, null);
    expect(left.map(({ serverId }) => serverId)).toEqual(['town/2', 'town/1']);
    expect(events.unwritten).not.toContainEqual(expect.objectContaining({ key: `e/${mine.id}/home/1` }));
    expect(events.unwritten.at(-1)).toBe(untouched);
  });
});

describe('events on disk', () => {
  it('are read in order with the waiting events, newest first', async () => {
    const [one, two, three] = [entry(begin), entry(begin + 1), entry(begin + 2)];
    await write(one, three);
    events.put(two);
    expect(await page()).toEqual({ events: [three, two, one], isEnd: true });
    expect(await page({ limit: 2 })).toEqual({ events: [three, two], isEnd: false });
    expect(await page({ from: begin + 1 })).toEqual({ events: [three, two], isEnd: true });
  });

  it('are read a page at a time, as many as were asked for', async () => {
    const all = Array.from({ length: 5 }, (_none, ms) => entry(begin + ms));
    await write(...all);
    expect(await page({ limit: 4 })).toEqual({ events: all.slice(1).toReversed(), isEnd: false });
    expect(await page({ limit: 5 })).toEqual({ events: all.toReversed(), isEnd: true });
    const before = all[3]?.id ?? '';
    expect(await page({ before, about: ['home/1'], limit: 2 })).toEqual({
      events: [all[2], all[1]],
      isEnd: false,
    });
  });

  it('of an account exclude those of its servers', async () => {
    const [outage, crash] = [entry(begin, { serverId: null, server: null }), entry(begin + 1)];
    await write(outage, crash);
    expect((await page({ about: ['home'] })).events).toEqual([outage]);
    expect((await page({ about: ['home', 'home/1'] })).events).toEqual([crash, outage]);
    expect((await page({ about: ['home/2'] })).events).toEqual([]);
  });

  it('of an account end with its own, however many its servers have', async () => {
    const outage = entry(begin + 9, { serverId: null, server: null });
    await write(outage, ...[0, 1, 2].map((ms) => entry(begin + ms)));
    expect(await page({ about: ['home'], limit: 2 })).toEqual({ events: [outage], isEnd: true });
  });

  it('that two accounts see count once for a page', async () => {
    const also = [{ accountId: 'town', serverId: 'town/1' }];
    const all = [0, 1, 2].map((ms) => entry(begin + ms, { also }));
    await write(...all);
    const { events: found, isEnd } = await page({ limit: 2 });
    expect(found.map(({ id }) => id)).toEqual([all[2]?.id, all[1]?.id]);
    expect(isEnd).toBe(false);
  });

  it('that two accounts see are one event, also between other entries', async () => {
    const also = [{ accountId: 'town', serverId: 'town/1' }];
    const all = [entry(begin), entry(begin + 1, { also, endedAt: null }), entry(begin + 2)];
    await write(...all);
    expect((await page()).events.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toReversed());
    expect((await page({ limit: 2 })).events).toHaveLength(2);
    expect((await events.lasting(level)).map(({ id }) => id)).toEqual([all[1]?.id]);
  });

  it('that still last are read oldest first, in their latest version', async () => {
    const lasting = [0, 1, 2].map((ms) => entry(begin + ms, { endedAt: null }));
    await write(...lasting, entry(begin + 3));
    expect(await events.lasting(level)).toEqual(lasting);
    const better = { ...lasting[1], server: 'Renamed' } as HistoryEvent;
    events.put(better);
    expect(await events.lasting(level)).toEqual([lasting[0], better, lasting[2]]);
  });

  it('go with their account, from all lists and from the files', async () => {
    const also = [{ accountId: 'town', serverId: 'town/1' }];
    await write(
      entry(begin, { endedAt: null }),
      entry(begin + 1, { serverId: null, endedAt: null }),
      entry(begin + 2, { also, endedAt: null }),
      entry(begin + 3, { accountId: 'home2', serverId: 'home2/1' }),
    );
    const compacted = vi.spyOn(level, 'compactRange');
    await events.forget(level, (id) => id === 'home');
    const left = await keysOf(level);
    expect(left.map((key) => key.replace(/[0-9a-z]{9}-\d+/, 'ID'))).toEqual([
      'a/home2/1/ID',
      'a/town/1/ID',
      'e/ID/town/1',
      'e/ID/home2/1',
      'l/ID/town/1',
    ]);
    expect(compacted.mock.calls).toEqual([
      ['e/', 'e0'],
      ['l/', 'l0'],
      ['a/', 'a0'],
    ]);
  });

  it('are not rewritten without an event to forget', async () => {
    await write(entry(begin));
    const compacted = vi.spyOn(level, 'compactRange');
    await events.forget(level, () => false);
    expect(compacted).not.toHaveBeenCalled();
  });
});

describe('the lists of events by server', () => {
  it('are built once for a store without them from an earlier version', async () => {
    await write(entry(begin), entry(begin + 1, { serverId: null }));
    const listed = await keysOf(level, 'a/');
    await level.clear({ gte: 'a/', lt: 'a0' });
    await listEvents(level);
    expect(await keysOf(level, 'a/')).toEqual(listed);
    expect(listed).toHaveLength(2);
    await level.clear({ gte: 'a/', lt: 'a0' });
    await listEvents(level);
    expect(await keysOf(level, 'a/')).toEqual([]);
  });

  it('are made a thousand at a time', async () => {
    await level.batch(
      Array.from({ length: 2001 }, (_none, ms) => ({
        type: 'put',
        key: `e/${idTime(begin + ms)}-x/home/1`,
        value: Uint8Array.of(1),
      })),
    );
    const writes = vi.spyOn(level, 'batch');
    await listEvents(level);
    expect(batchSizes(writes)).toEqual([1000, 1000, 1]);
    expect(await keysOf(level, 'a/')).toHaveLength(2001);
  });

  it('need no extra step for a number that fits exactly', async () => {
    await level.batch(
      Array.from({ length: 1000 }, (_none, ms) => ({
        type: 'put',
        key: `e/${idTime(begin + ms)}-x/home/1`,
        value: Uint8Array.of(1),
      })),
    );
    const writes = vi.spyOn(level, 'batch');
    await listEvents(level);
    expect(batchSizes(writes)).toEqual([1000]);
  });
});

describe('retention of events', () => {
  it('deletes events older than 90 days, with their lists, and no younger ones', async () => {
    const [old, young] = [entry(begin - 90 * dayMs - 1, { endedAt: null }), entry(begin - 90 * dayMs)];
    await write(old, young);
    await dropOldEvents(level, begin);
    expect(await keysOf(level)).toEqual([`a/home/1/${young.id}`, `e/${young.id}/home/1`]);
  });

  it('deletes those dated more than two days ahead, by a wrong clock', async () => {
    const [near, ahead] = [entry(begin + 2 * dayMs - 1), entry(begin + 2 * dayMs)];
    await write(near, ahead);
    await dropOldEvents(level, begin);
    expect(await keysOf(level, 'e/')).toEqual([`e/${near.id}/home/1`]);
  });

  it('deletes the oldest days above 15 MiB, and stops as soon as the rest fits', async () => {
    const days = [0, 1, 2, 3].map((day) => entry(begin - (3 - day) * dayMs, { endedAt: null }));
    const sameDay = entry(begin - 3 * dayMs + dayMs - 1);
    await write(...days, sameDay);
    const mostBytes = 15 * 1024 * 1024;
    vi.spyOn(level, 'approximateSize').mockImplementation(
      async () => ((await keysOf(level, 'e/')).length / 3) * mostBytes,
    );
    const compacted = vi.spyOn(level, 'compactRange');
    await dropOldEvents(level, begin);
    expect(await keysOf(level, 'e/')).toEqual(days.slice(1).map(({ id }) => `e/${id}/home/1`));
    expect(await keysOf(level, 'l/')).toHaveLength(3);
    expect(await keysOf(level, 'a/')).toHaveLength(3);
    expect(level.approximateSize).toHaveBeenCalledWith('e/', 'e0');
    expect(compacted.mock.calls).toEqual([['e/', `e/${idTime(begin - 2 * dayMs)}`]]);
  });

  it('ends without an event to delete', async () => {
    await level.put('z', Uint8Array.of(1));
    vi.spyOn(level, 'approximateSize').mockResolvedValue(1e9);
    await dropOldEvents(level, begin);
    expect(await keysOf(level)).toEqual(['z']);
  });
});

describe('the look for lost events', () => {
  it('finds no loss in an intact store', async () => {
    await write(entry(begin), entry(begin + 1, { serverId: null }));
    expect(await lostEvents(level)).toEqual({ count: 0, forget: [] });
  });

  it('finds listed entries that are missing, cut off or no text, and removes them from the lists', async () => {
    const all = [0, 1, 2, 3].map((ms) => entry(begin + ms));
    await write(...all);
    const key = (place: number): string => `e/${all[place]?.id}/home/1`;
    await level.del(key(0));
    await level.put(key(1), new TextEncoder().encode('{"id":'));
    await level.put(key(2), Uint8Array.from([0x22, 0xff, 0x22]));
    const { count: lost, forget } = await lostEvents(level);
    expect(lost).toBe(3);
    await level.batch([...forget]);
    expect(await keysOf(level)).toEqual([`a/home/1/${all[3]?.id}`, key(3)]);
    expect(await lostEvents(level)).toEqual({ count: 0, forget: [] });
  });

  it('accepts an entry of another format, which a newer version may have written', async () => {
    const one = entry(begin);
    await write(one);
    await level.put(`e/${one.id}/home/1`, new TextEncoder().encode('{"form":2}'));
    expect((await lostEvents(level)).count).toBe(0);
  });

  it('does not count an entry deleted meanwhile as lost', async () => {
    const one = entry(begin);
    await write(one);
    await level.del(`e/${one.id}/home/1`);
    const read = level.getMany.bind(level);
    vi.spyOn(level, 'getMany').mockImplementationOnce(async (keys) => {
      const values = await read(keys as string[]);
      await level.del(`a/home/1/${one.id}`);
      return values;
    });
    expect(await lostEvents(level)).toEqual({ count: 0, forget: [] });
  });

  it('reads five hundred at a time', async () => {
    await level.batch(
      Array.from({ length: 1001 }, (_none, ms) => ({
        type: 'put',
        key: `a/home/1/${idTime(begin + ms)}-x`,
        value: new Uint8Array(),
      })),
    );
    const reads = vi.spyOn(level, 'getMany');
    expect((await lostEvents(level)).count).toBe(1001);
    expect(batchSizes(reads).filter((_size, place) => place % 2 === 0)).toEqual([500, 500, 1]);
  });
});

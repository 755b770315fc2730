import { ClassicLevel } from 'classic-level';
import { afterEach, expect, it } from 'vitest';
import { idTime } from '../../bridge/events/id-time.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { anEvent } from '../../tests/support/history-events.js';
import { copyConsistently, historyFolders } from '../../tests/support/history-folders.js';
import { History } from './history.js';

const day = 24 * 60 * 60_000;
const begin = 1_700_006_400_000;
const aFolder = historyFolders();
const running: History[] = [];

afterEach(async () => {
  for (const history of running.splice(0)) await history.stop();
});

async function rig({
  clock = new FakeClock(begin),
  folder,
  accounts = ['home', 'work'],
}: { clock?: FakeClock; folder?: string; accounts?: readonly string[] } = {}) {
  const place = folder ?? (await aFolder());
  const history = new History({
    folder: place,
    clock,
    log: new FakeLog(),
    keeps: () => true,
    setAside: () => undefined,
    damaged: () => undefined,
    troubled: () => undefined,
  });
  running.push(history);
  history.start(accounts);
  await history.lasting();
  return { clock, history, folder: place };
}

/** Content that the next start finds if this run is killed now. */
async function afterKill({ clock, folder, history }: Awaited<ReturnType<typeof rig>>, accounts?: string[]) {
  await history.lasting();
  const copy = await copyConsistently(folder, aFolder);
  return rig({ clock, folder: copy, ...(accounts === undefined ? {} : { accounts }) });
}

let count = 0;
function entry(at: number, fields: Partial<HistoryEvent> = {}): HistoryEvent {
  return anEvent({ id: `${idTime(at)}-${++count}`, at, ...fields });
}

async function all(history: History, serverId?: string): Promise<HistoryEvent[]> {
  const about = serverId === undefined ? null : [serverId];
  return (await history.events({ before: null, limit: 1000, about })).events;
}

it('an event written five seconds before a kill is there, in its last version', async () => {
  const first = await rig();
  const crash = entry(begin, { endedAt: null });
  first.history.put(crash);
  first.history.put({ ...crash, endedAt: begin + 9 });
  await first.clock.advance(5000);
  const late = entry(begin + 6000);
  first.history.put(late);
  const second = await afterKill(first);
  expect(await all(second.history)).toEqual([{ ...crash, endedAt: begin + 9 }]);
});

it('a new event is readable at once, in order with the stored events', async () => {
  const { history, clock } = await rig();
  const [one, two, three] = [entry(begin), entry(begin + 1), entry(begin + 2)];
  history.put(one);
  history.put(three);
  await clock.advance(5000);
  history.put(two);
  history.put({ ...three, endedAt: null });
  expect(await all(history)).toEqual([{ ...three, endedAt: null }, two, one]);
  expect(await history.lasting()).toEqual([{ ...three, endedAt: null }]);
  const page = await history.events({ before: three.id, limit: 1, about: null });
  expect(page).toEqual({ events: [two], isEnd: false });
});

it('an event added just before the end is written', async () => {
  const first = await rig();
  const one = entry(begin);
  first.history.put(one);
  await first.history.stop();
  expect(await all((await rig(first)).history)).toEqual([one]);
});

it('events are read in pages, of one server or of all servers, newest first', async () => {
  const { history, clock } = await rig();
  const entries = Array.from({ length: 25 }, (_, place) =>
    entry(begin + place, { serverId: place % 5 === 0 ? 'home/2' : 'home/1' }),
  );
  for (const one of entries) history.put(one);
  await clock.advance(5000);
  const newest = await history.events({ before: null, limit: 10, about: null });
  expect(newest).toEqual({ events: entries.slice(15).reverse(), isEnd: false });
  const before = newest.events.at(-1)?.id ?? '';
  const rest = await history.events({ before, limit: 15, about: null });
  expect(rest).toEqual({ events: entries.slice(0, 15).reverse(), isEnd: true });
  const ofOne = await history.events({ before, limit: 2, about: ['home/2'] });
  expect(ofOne).toEqual({ events: [entries[10], entries[5]], isEnd: false });
  expect((await history.events({ before: entries[0]?.id ?? '', limit: 5, about: null })).isEnd).toBe(true);
});

it('events since a moment are read, of a server with its node and panel, written or not', async () => {
  const { history, clock } = await rig();
  const outage = { serverId: null } as const;
  const entries = [
    entry(begin),
    entry(begin + 1),
    entry(begin + 2, { serverId: 'home/2' }),
    entry(begin + 3, outage),
    entry(begin + 4, { ...outage, accountId: 'work' }),
  ];
  for (const one of entries) history.put(one);
  const query = { before: null, limit: 9, about: ['home/1', 'home'], from: begin + 1 };
  const found = { events: [entries[3], entries[1]], isEnd: true };
  expect(await history.events(query)).toEqual(found);
  await clock.advance(5000);
  expect(await history.events(query)).toEqual(found);
});

it('a lasting event is known at any age until it ends', async () => {
  const first = await rig();
  const outage = entry(begin, { serverId: null, endedAt: null });
  const suspension = entry(begin + 1, { endedAt: null });
  for (const one of [outage, suspension, entry(begin + 2)]) first.history.put(one);
  await first.clock.advance(5000);
  first.history.put({ ...suspension, endedAt: begin + 50 });
  await first.clock.advance(5000);
  const second = await afterKill(first);
  expect(await second.history.lasting()).toEqual([outage]);
});

it('an event is deleted after 90 days', async () => {
  const { history, clock } = await rig();
  const [old, older] = [entry(begin), entry(begin - 1, { endedAt: null })];
  history.put(old);
  history.put(older);
  await clock.advance(5000);
  clock.sleep(89 * day);
  await clock.advance(3_700_000);
  expect(await all(history)).toEqual([old, older]);
  clock.sleep(day);
  await clock.advance(3_700_000);
  expect(await all(history)).toEqual([]);
  expect(await history.lasting()).toEqual([]);
});

it('the events of a removed account are deleted at once, unwritten ones too, or at the next start', async () => {
  const first = await rig();
  const work = entry(begin, { accountId: 'work', serverId: 'work/1' });
  const outage = entry(begin, { serverId: null, endedAt: null });
  for (const one of [entry(begin), outage, work]) first.history.put(one);
  await first.clock.advance(5000);
  first.history.put(entry(begin + 5000));
  first.history.forgetAccount('home');
  await first.clock.advance(5000);
  expect(await all(first.history)).toEqual([work]);
  expect(await first.history.lasting()).toEqual([]);
  const second = await afterKill(first, ['home']);
  expect(await all(second.history)).toEqual([]);
});

it('a damaged entry is left out, and the others are read', async () => {
  const first = await rig();
  const one = entry(begin);
  first.history.put(one);
  await first.history.stop();
  const level = new ClassicLevel(first.folder);
  await level.put(`e/${idTime(begin + 1)}-x/home/1`, '{"id":');
  await level.put(`e/${idTime(begin + 2)}-y/home/1`, '{"id":"y","what":{"kind":"new"}}');
  await level.close();
  expect(await all((await rig(first)).history)).toEqual([one]);
});

async function levelOf(folder: string): Promise<ClassicLevel<string, Uint8Array>> {
  const level = new ClassicLevel<string, Uint8Array>(folder, { valueEncoding: 'view' });
  await level.open();
  return level;
}

it("a page of one server is read from that server's own list, which shrinks with the events", async () => {
  const first = await rig();
  const old = entry(begin - 91 * day, { serverId: 'home/1' });
  const young = [1, 2, 3].map((ms) => entry(begin + ms, { serverId: 'home/1' }));
  const others = [4, 5].map((ms) => entry(begin + ms, { serverId: 'home/11' }));
  for (const event of [old, ...young, ...others]) first.history.put(event);
  await first.clock.advance(5000);
  const page = await first.history.events({ before: young[2]?.id ?? '', limit: 2, about: ['home/1'] });
  expect(page).toEqual({ events: [young[1], young[0]], isEnd: false });
  await first.clock.advance(2 * 60 * 60_000);
  expect(await all(first.history, 'home/1')).toEqual(young.toReversed());
  await first.history.stop();
  const level = await levelOf(first.folder);
  const listed = await level.keys({ gte: 'a/', lt: 'a0' }).all();
  await level.close();
  expect(listed).toEqual([...young, ...others].map(({ id, serverId }) => `a/${serverId ?? ''}/${id}`));
});

it('events without a list from an earlier version are listed at the next start', async () => {
  const first = await rig();
  const event = entry(begin, { serverId: 'home/1' });
  first.history.put(event);
  await first.clock.advance(5000);
  await first.history.stop();
  const level = await levelOf(first.folder);
  await level.clear({ gte: 'a/', lt: 'a0' });
  await level.del('listed');
  await level.close();
  const second = await rig({ clock: first.clock, folder: first.folder });
  expect(await all(second.history, 'home/1')).toEqual([event]);
});

it('an event of two accounts is one event, and stays with the remaining account', async () => {
  const first = await rig();
  const also = [{ accountId: 'work', serverId: 'work/1' }];
  const shared = entry(begin, { endedAt: null, also });
  const atWork = {
    ...shared,
    accountId: 'work',
    serverId: 'work/1',
    also: [{ accountId: 'home', serverId: 'home/1' }],
  };
  for (const isWritten of [false, true]) {
    if (isWritten) await first.clock.advance(5000);
    else first.history.put(shared);
    expect((await all(first.history)).map(({ id }) => id)).toEqual([shared.id]);
    expect(await first.history.lasting()).toHaveLength(1);
    expect(await all(first.history, 'home/1')).toEqual([shared]);
    expect(await all(first.history, 'work/1')).toEqual([atWork]);
    const page = await first.history.events({ before: null, limit: 1, about: ['home/1', 'work/1'] });
    expect(page).toMatchObject({ events: [{ id: shared.id }], isEnd: true });
  }
  const late = entry(begin + 1, { also });
  first.history.put(late);
  first.history.forgetAccount('home');
  await first.clock.advance(5000);
  expect((await all(first.history)).map(({ serverId }) => serverId)).toEqual(['work/1', 'work/1']);
  const second = await afterKill(first);
  expect((await all(second.history)).map(({ id }) => id)).toEqual([late.id, shared.id]);
  expect(await all(second.history, 'home/1')).toEqual([]);
});

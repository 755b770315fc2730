import { expect, it, vi } from 'vitest';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { anEvent } from '../../tests/support/history-events.js';
import { Emitter } from '../base/emitter.js';
import { FleetStore } from '../fleet/store.js';
import { recentEvents } from './recent-events.js';

const nothingRead = { show: () => () => undefined, of: () => null, isAwaited: () => false };

function follow(isRead: boolean) {
  const news = new Emitter<{ event: HistoryEvent }>();
  const event = vi.fn((_event: unknown, written?: () => void) => {
    if (isRead) written?.();
  });
  const over = recentEvents(
    {
      store: new FleetStore(),
      fleetActivity: nothingRead,
      clock: new FakeClock(),
      log: { recent: [], listen: (listener) => news.listen(listener) },
      past: { events: () => Promise.resolve({ events: [], isEnd: true }) },
    },
    { name: null, limit: 0, follow: true },
    {
      client: { kind: 'person', name: 'perch' },
      event,
      ended: new Promise(() => undefined),
      isEnded: false,
    },
  );
  const outcome = vi.fn();
  void over.catch((error: unknown) => outcome(String(error)));
  for (let count = 0; count < 1500; count++) news.emit({ event: anEvent() });
  return { event, outcome, news };
}

it('the events end for a client that stops reading', async () => {
  const { event, outcome, news } = follow(false);
  await vi.waitFor(() =>
    expect(outcome).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('not read')),
  );
  expect(event).toHaveBeenCalledTimes(1001);
  expect(news.hasListeners).toBe(false);
});

it('the events continue for a client that reads', async () => {
  const { event, outcome, news } = follow(true);
  await vi.waitFor(() => expect(event).toHaveBeenCalledTimes(1501));
  expect(outcome).not.toHaveBeenCalled();
  expect(news.hasListeners).toBe(true);
});

it('events come in order of time, from memory and disk, each once', async () => {
  const at = (time: number) => anEvent({ id: `e${time}`, at: time });
  const recent = [at(3), at(1), at(4)];
  const kept = [at(4), at(3), at(2), at(1), at(0)];
  const told = async (limit: number): Promise<unknown[]> => {
    const event = vi.fn();
    await recentEvents(
      {
        store: new FleetStore(),
        fleetActivity: nothingRead,
        clock: new FakeClock(),
        log: { recent, listen: () => () => undefined },
        past: { events: ({ limit: most }) => Promise.resolve({ events: kept.slice(0, most), isEnd: true }) },
      },
      { name: null, limit, follow: false },
      { client: { kind: 'person', name: 'perch' }, event, ended: Promise.resolve(), isEnded: false },
    );
    const [first] = event.mock.calls as [[{ events: { id: string }[] }]];
    return first[0].events.map(({ id }) => id);
  };
  expect(await told(2)).toEqual(['e3', 'e4']);
  expect(await told(4)).toEqual(['e1', 'e2', 'e3', 'e4']);
  expect(await told(9)).toEqual(['e0', 'e1', 'e2', 'e3', 'e4']);
});

it('sends events of the named server only, with new ones while the client follows', async () => {
  const store = new FleetStore();
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server: aServer({ id: 'home/1', name: 'Lobby' }) },
  ]);
  const news = new Emitter<{ event: HistoryEvent }>();
  const told: string[][] = [];
  const asked: unknown[] = [];
  const ask = (name: string | null, isFollowing: boolean): Promise<unknown> =>
    recentEvents(
      {
        store,
        fleetActivity: nothingRead,
        clock: new FakeClock(),
        log: {
          recent: [anEvent({ id: 'own' }), anEvent({ id: 'other', serverId: 'home/2' })],
          listen: (listener) => news.listen(listener),
        },
        past: {
          events: (query) => {
            asked.push(query);
            return Promise.resolve({ events: [], isEnd: true });
          },
        },
      },
      { name, limit: 5, follow: isFollowing },
      {
        client: { kind: 'person', name: 'perch' },
        event: ({ events }) => void told.push(events.map(({ id }) => id)),
        ended: new Promise(() => undefined),
        isEnded: false,
      },
    );
  const wire = (): void => {
    news.emit({ event: anEvent({ id: 'new' }) });
    news.emit({ event: anEvent({ id: 'new other', serverId: 'home/2' }) });
    const also = [{ accountId: 'home', serverId: 'home/1' }];
    news.emit({ event: anEvent({ id: 'shared', serverId: 'work/1', also }) });
  };
  void ask('Lobby', true);
  await vi.waitFor(() => expect(told).toEqual([['own']]), { interval: 1 });
  wire();
  expect(told.slice(1)).toEqual([['new'], ['shared']]);
  expect(asked).toEqual([{ before: null, limit: 5, about: ['home/1'] }]);
  told.length = 0;
  await ask(null, false);
  expect(told).toEqual([['other', 'own']]);
  expect(asked[1]).toEqual({ before: null, limit: 5, about: null });
});

it('asks the disk only for events that the memory has not', async () => {
  const events = vi.fn(() => Promise.resolve({ events: [], isEnd: true }));
  const told: unknown[] = [];
  const ask = (limit: number): Promise<unknown> =>
    recentEvents(
      {
        store: new FleetStore(),
        fleetActivity: nothingRead,
        clock: new FakeClock(),
        log: { recent: [anEvent({ id: 'a' }), anEvent({ id: 'b' })], listen: () => () => undefined },
        past: { events },
      },
      { name: null, limit, follow: false },
      {
        client: { kind: 'person', name: 'perch' },
        event: (update) => void told.push(update.events.length),
        ended: Promise.resolve(),
        isEnded: false,
      },
    );
  await ask(0);
  await ask(2);
  expect(events).not.toHaveBeenCalled();
  await ask(3);
  expect(events).toHaveBeenCalledOnce();
  expect(told).toEqual([0, 2, 2]);
});

it('an event has a sentence, its server, and whether it has ended', async () => {
  const told: unknown[] = [];
  const recent = [
    anEvent({ id: 'a', at: 7, server: 'Two\nlines', endedAt: null }),
    anEvent({ id: 'b', serverId: null, server: null, what: { kind: 'key-refused' } }),
  ];
  await recentEvents(
    {
      store: new FleetStore(),
      fleetActivity: nothingRead,
      clock: new FakeClock(),
      log: { recent, listen: () => () => undefined },
      past: { events: () => Promise.resolve({ events: [], isEnd: true }) },
    },
    { name: null, limit: 2, follow: false },
    {
      client: { kind: 'person', name: 'perch' },
      event: ({ events }) => void told.push(...events),
      ended: Promise.resolve(),
      isEnded: false,
    },
  );
  expect(told).toEqual([
    {
      id: 'a',
      at: 7,
      kind: 'crashed',
      server: 'Two lines',
      panel: 'panel.example.com',
      title: 'Two lines crashed',
      detail: 'Its process ended with exit code 1.',
      channels: null,
      isOver: false,
    },
    expect.objectContaining({ server: null, kind: 'key-refused', isOver: true }),
  ]);
});

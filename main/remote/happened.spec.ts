import { expect, it, vi } from 'vitest';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { anEvent } from '../../tests/support/history-events.js';
import { Emitter } from '../base/emitter.js';
import { FleetStore } from '../fleet/store.js';
import { happened } from './happened.js';

function follow(isRead: boolean) {
  const news = new Emitter<{ event: HistoryEvent }>();
  const event = vi.fn((_event: unknown, written?: () => void) => {
    if (isRead) written?.();
  });
  const over = happened(
    {
      store: new FleetStore(),
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

it('the events end for a client that does not read any more', async () => {
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
    await happened(
      {
        store: new FleetStore(),
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

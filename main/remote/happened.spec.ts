import { expect, it, vi } from 'vitest';
import type { HistoryEvent } from '../../bridge/events.js';
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

it('ends with a client that reads nothing any more', async () => {
  const { event, outcome, news } = follow(false);
  await vi.waitFor(() =>
    expect(outcome).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('not read')),
  );
  expect(event).toHaveBeenCalledTimes(1001);
  expect(news.hasListeners).toBe(false);
});

it('goes on with a client that reads', async () => {
  const { event, outcome, news } = follow(true);
  await vi.waitFor(() => expect(event).toHaveBeenCalledTimes(1501));
  expect(outcome).not.toHaveBeenCalled();
  expect(news.hasListeners).toBe(true);
});

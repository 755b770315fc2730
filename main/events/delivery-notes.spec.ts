import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { Delivery } from '../../bridge/schema/deliveries.js';
import { FakeClock, settle } from '../../tests/support/fake-clock.js';
import { anEvent } from '../../tests/support/history-events.js';
import { EventLog, sortedIds, type EventChange } from './event-log.js';
import { DeliveryNotes } from './delivery-notes.js';

const none = { againAt: null, editedAt: null, failures: 0 } as const;
const phone: Delivery = { channelId: 'c1', kind: 'ntfy', name: 'phone', state: 'sent', at: 5, ...none };
const add = (deliveries: readonly Delivery[]): readonly Delivery[] => [...deliveries, phone];

function setUp(stored: readonly HistoryEvent[] = []) {
  const put: HistoryEvent[] = [];
  const asked: (string | null)[] = [];
  const memory = {
    put: (event: HistoryEvent) => void put.push(event),
    events: ({ before }: { before: string | null }) => {
      asked.push(before);
      const known = [...stored.filter(({ id }) => !put.some((one) => one.id === id)), ...put];
      const older = known.filter(({ id }) => before === null || id < before);
      return Promise.resolve({
        events: older.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, 1),
        isEnd: false,
      });
    },
  };
  const log = new EventLog(new FakeClock(), sortedIds('test'));
  const notes = new DeliveryNotes({ log, memory });
  notes.start();
  const changes: EventChange[] = [];
  log.listen((change) => changes.push(change));
  return { log, notes, put, asked, changes };
}

describe('notes of messages to channels', () => {
  it('go to the event in memory, for windows and the disk', () => {
    const { log, notes, changes, asked } = setUp();
    const what = { kind: 'key-refused' } as const;
    const place = { accountId: 'home', serverId: null, panel: 'Home', server: null };
    const { id } = log.add({ at: 0, lasts: true, ...place, what });
    notes.note(id, add);
    expect(log.find(id)?.deliveries).toEqual([phone]);
    expect(log.lastingOf('home')).toMatchObject([{ deliveries: [phone] }]);
    expect(changes.at(-1)).toMatchObject({ before: { id, endedAt: null }, event: { deliveries: [phone] } });
    expect(asked).toEqual([]);
  });

  it('stay unchanged without news', () => {
    const { log, notes, changes } = setUp();
    log.recall([anEvent({ id: 'e1' })]);
    notes.note('e1', (deliveries) => deliveries);
    expect(changes).toEqual([]);
  });

  it('wait for the events of an earlier run', () => {
    const { log, notes, put } = setUp();
    notes.note('e1', add);
    notes.note('gone', add);
    log.recall([anEvent({ id: 'e1' })]);
    expect(log.find('e1')?.deliveries).toEqual([phone]);
    expect(put).toEqual([]);
  });

  it('go to the disk if the event is no longer in memory, in order', async () => {
    const { log, notes, put } = setUp([anEvent({ id: 'e1' }), anEvent({ id: 'e2' })]);
    log.recall([]);
    notes.note('e1', add);
    notes.note('e1', add);
    notes.note('e0', add);
    await settle();
    expect(put.map(({ id, deliveries }) => [id, deliveries?.length])).toEqual([
      ['e1', 1],
      ['e1', 2],
    ]);
  });
});

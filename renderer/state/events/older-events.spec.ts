import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { verbatim } from '../../../messages/messages.js';
import { PerchClient } from '../../api.js';
import { EventsFeed } from './events-feed.svelte.js';
import { OlderEvents } from './older-events.svelte.js';

/** Events whose id and time are the same number. */
function entries(from: number, to: number, serverId = 'home/1'): HistoryEvent[] {
  return Array.from({ length: to - from }, (_, place) => {
    const at = from + place;
    return anEvent({ id: String(at).padStart(5, '0'), at, serverId });
  });
}

function aList(snapshot: HistoryEvent[], serverId: string | null = null) {
  const bridge = new FakeBridge();
  const client = new PerchClient(bridge);
  const feed = new EventsFeed(client);
  feed.start();
  bridge.snapshot('events', snapshot);
  const past = new OlderEvents(client, feed, serverId);
  const asked = (): unknown[] => bridge.calls.map(({ input }) => input);
  const ids = (): number[] => past.all.map(({ id }) => Number(id));
  return { bridge, past, asked, ids };
}

describe('Older events', () => {
  it("are read after the feed's events, page by page, to the end", async () => {
    const { bridge, past, asked, ids } = aList(entries(10, 12));
    bridge.answer('events.older', { events: entries(8, 10).reverse(), isEnd: false });
    await Promise.all([past.more(), past.more()]);
    expect(ids()).toEqual([11, 10, 9, 8]);
    bridge.answer('events.older', { events: entries(7, 8), isEnd: true });
    await past.more();
    await past.more();
    expect(ids()).toEqual([11, 10, 9, 8, 7]);
    expect(past.isEnd).toBe(true);
    expect(asked()).toEqual([
      { before: '00010', limit: 200 },
      { before: '00008', limit: 200 },
    ]);
  });

  it('of one server come after all events of the feed', async () => {
    const { bridge, past, asked, ids } = aList([...entries(10, 12), ...entries(12, 13, 'home/2')], 'home/2');
    bridge.answer('events.older', { events: entries(3, 4, 'home/2'), isEnd: true });
    await past.more();
    expect(ids()).toEqual([12, 3]);
    expect(asked()).toEqual([{ before: '00010', limit: 200, serverId: 'home/2' }]);
  });

  it('appear once if the feed has them as well', async () => {
    const { bridge, past, ids } = aList(entries(10, 11));
    bridge.answer('events.older', { events: entries(8, 10).reverse(), isEnd: true });
    await past.more();
    bridge.change('events', entries(7, 11));
    expect(ids()).toEqual([10, 9, 8, 7]);
  });

  it('are read again if the restarted feed no longer reaches them', async () => {
    const { bridge, past, asked, ids } = aList(entries(10, 12));
    bridge.answer('events.older', { events: entries(8, 10).reverse(), isEnd: true });
    await past.more();
    bridge.snapshot('events', entries(11, 13));
    expect(past.isEnd).toBe(false);
    expect(ids()).toEqual([12, 11]);
    await past.more();
    expect(asked()[1]).toEqual({ before: '00011', limit: 200 });
    expect(ids()).toEqual([12, 11, 9, 8]);
  });

  it('are read only as far back as needed', async () => {
    const { bridge, past, asked, ids } = aList(entries(30, 31));
    let from = 30;
    bridge.answerWith('events.older', () => ({
      events: entries((from -= 10), from + 10).reverse(),
      isEnd: from === 0,
    }));
    await past.since(15);
    expect(ids().at(-1)).toBe(10);
    await past.since(0);
    expect(ids()).toHaveLength(31);
    expect(asked()).toHaveLength(3);
  });

  it('are empty without known events, and if they cannot be read', async () => {
    const empty = aList([]);
    await empty.past.more();
    expect(empty.past.isEnd).toBe(true);
    expect(empty.asked()).toEqual([]);
    const { bridge, past, ids } = aList(entries(10, 11));
    bridge.refuse('events.older', { code: 'internal', message: verbatim('x'), next: verbatim('y') });
    await past.more();
    expect(past.isEnd).toBe(true);
    expect(ids()).toEqual([10]);
  });
});

describe('An entry that began before all that main has at hand', () => {
  it('stays out of the list when it ends, so that no event is missing before it', () => {
    const { bridge, ids } = aList(entries(100, 1100));
    bridge.change('events', [...entries(5, 6), ...entries(1100, 1101)]);
    expect(ids()).toHaveLength(1001);
    expect(ids().at(-1)).toBe(100);
  });
});

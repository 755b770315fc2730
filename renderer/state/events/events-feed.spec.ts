import { describe, expect, it } from 'vitest';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { PerchClient } from '../../api.js';
import { EventsFeed } from './events-feed.svelte.js';

describe('EventsFeed', () => {
  it('keeps the newest first, updates an event in its place, and counts unseen news', () => {
    const bridge = new FakeBridge();
    const events = new EventsFeed(new PerchClient(bridge));
    events.start();
    expect(events.loaded).toBe(false);
    const old = anEvent({ at: 1 });
    const crash = anEvent({ at: 2 });
    bridge.snapshot('events', [old, crash]);
    expect(events.loaded).toBe(true);
    const mine = anEvent({
      at: 3,
      what: { kind: 'stopped', by: { kind: 'me', bulk: false }, isKill: false },
    });
    bridge.change('events', [mine, { ...crash, endedAt: 9 }]);
    expect(events.all).toEqual([mine, { ...crash, endedAt: 9 }, old]);
    expect(events.unseen(1).map(({ id }) => id)).toEqual([crash.id]);
    expect(events.unseen(3)).toEqual([]);
    expect(events.unseen(0)).toHaveLength(2);
    expect(events.crashesToday('home/1', 3)).toBe(2);
  });

  function aFeed() {
    const bridge = new FakeBridge();
    const events = new EventsFeed(new PerchClient(bridge));
    events.start();
    return { bridge, events };
  }
  const many = (count: number, from = 1) =>
    Array.from({ length: count }, (_none, place) =>
      anEvent({ id: `m${1000 + from + place}`, at: from + place }),
    );

  it('is empty until main sends events, and orders those of one moment by their ids', () => {
    const { bridge, events } = aFeed();
    expect(events.all).toEqual([]);
    bridge.snapshot('events', [anEvent({ id: 'a', at: 5 })]);
    bridge.change(
      'events',
      ['c', 'b'].map((id) => anEvent({ id, at: 5 })),
    );
    expect(events.all.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('takes no event that is older than all that it has, because events in between may be missing', () => {
    const { bridge, events } = aFeed();
    bridge.snapshot('events', many(1000));
    bridge.change('events', [anEvent({ id: 'm1000', at: 0 })]);
    expect(events.all).toHaveLength(1000);
    bridge.change('events', [anEvent({ id: 'm1500x', at: 499 })]);
    expect(events.all).toHaveLength(1001);
    bridge.change('events', [anEvent({ id: 'm1001', at: 1, endedAt: 7 })]);
    expect(events.all.at(-1)).toMatchObject({ id: 'm1001', endedAt: 7 });
  });

  it('keeps the newest 5,000', () => {
    const { bridge, events } = aFeed();
    bridge.snapshot('events', many(5000));
    bridge.change('events', many(1, 6000));
    expect([events.all.length, events.all[0]?.at, events.all.at(-1)?.at]).toEqual([5000, 6000, 2]);
  });
});

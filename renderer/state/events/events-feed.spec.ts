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
});

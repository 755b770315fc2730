import { beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import type { FeedEvent } from '../../../bridge/schema/contract.js';
import { verbatim } from '../../../messages/messages.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { Feed } from './feed.svelte.js';

const problem: Problem = { code: 'internal', message: verbatim('It broke.'), next: verbatim('Try again.') };

class Heard extends Feed<'clock'> {
  readonly events: unknown[] = [];

  get started(): boolean {
    return this.isStarted;
  }

  protected override onSnapshot(snapshot: number): void {
    this.events.push(['snapshot', snapshot]);
  }

  protected override onChange(change: number): void {
    this.events.push(['change', change]);
  }

  protected override onFailed(failed: Problem): void {
    this.events.push(['failed', failed]);
  }
}

describe('a feed', () => {
  let bridge: FakeBridge;
  let feed: Heard;

  beforeEach(() => {
    bridge = new FakeBridge();
    feed = new Heard(new PerchClient(bridge), 'clock', undefined);
  });

  /** Pushes an event that main sent before it learned that the subscription had ended. */
  function late(subscription: number, event: FeedEvent<'clock'>): void {
    bridge.subscriptions[subscription]?.listener(event);
  }

  it('receives the events of its subscription', () => {
    feed.start();
    bridge.snapshot('clock', 1);
    bridge.change('clock', 2);
    bridge.fail('clock', problem);
    expect(feed.events).toEqual([
      ['snapshot', 1],
      ['change', 2],
      ['failed', problem],
    ]);
  });

  it('ignores late events of an ended subscription, of each kind', () => {
    feed.start();
    feed.start();
    expect(bridge.subscriptions.map(({ ended }) => ended)).toEqual([true, false]);
    late(0, { kind: 'snapshot', snapshot: 1, revision: 1 });
    late(0, { kind: 'change', change: 2, revision: 2 });
    late(0, { kind: 'failed', problem });
    expect(feed.events).toEqual([]);
    bridge.snapshot('clock', 4);
    expect(feed.events).toEqual([['snapshot', 4]]);
  });

  it('ignores events of the old subscription while the new subscription begins', () => {
    feed.start();
    const watch = bridge.watch.bind(bridge);
    bridge.watch = (name, params, listener) => {
      late(0, { kind: 'snapshot', snapshot: 1, revision: 1 });
      late(0, { kind: 'change', change: 2, revision: 2 });
      late(0, { kind: 'failed', problem });
      return watch(name, params, listener);
    };
    feed.start();
    expect(feed.events).toEqual([]);
  });

  it('ignores events after its end', () => {
    feed.start();
    feed.stop();
    expect(feed.started).toBe(false);
    expect(bridge.subscriptions.map(({ ended }) => ended)).toEqual([true]);
    late(0, { kind: 'snapshot', snapshot: 1, revision: 1 });
    expect(feed.events).toEqual([]);
    feed.stop();
    const end = feed.start();
    expect(feed.started).toBe(true);
    end();
    expect(feed.started).toBe(false);
  });
});

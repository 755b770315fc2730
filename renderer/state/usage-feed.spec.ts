import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UsageSample } from '../../bridge/domain.js';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { PerchClient } from '../api.js';
import { UsageFeed } from './usage-feed.svelte.js';

const sample = (at: number): UsageSample => ({
  at,
  cpuPercent: 1,
  memoryBytes: 0,
  diskBytes: 0,
  receivedPerSecond: null,
  sentPerSecond: null,
  afterGap: false,
});

describe('UsageFeed', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function watching(): { bridge: FakeBridge; feed: UsageFeed; times: () => number[] } {
    const bridge = new FakeBridge();
    const feed = new UsageFeed(new PerchClient(bridge), 'home/1');
    feed.start();
    return { bridge, feed, times: () => feed.samples.map(({ at }) => at) };
  }

  it('asks for one server, shows its past, and adds to it', () => {
    const { bridge, times } = watching();
    expect(bridge.subscriptions[0]?.params).toEqual({ serverId: 'home/1' });
    bridge.snapshot('usage', { samples: [sample(1), sample(2)] });
    bridge.change('usage', { samples: [sample(3)] });
    expect(times()).toEqual([1, 2, 3]);
  });

  it('changes at most once a second, and loses nothing by it', () => {
    const { bridge, feed, times } = watching();
    bridge.snapshot('usage', { samples: [] });
    bridge.change('usage', { samples: [sample(1)] });
    const shown = feed.samples;
    for (const at of [2, 3, 4]) bridge.change('usage', { samples: [sample(at)] });
    vi.advanceTimersByTime(999);
    expect(feed.samples).toBe(shown);
    vi.advanceTimersByTime(1);
    expect(times()).toEqual([1, 2, 3, 4]);
    bridge.change('usage', { samples: [sample(5)] });
    expect(times()).toEqual([1, 2, 3, 4]);
    vi.advanceTimersByTime(1000);
    expect(times()).toEqual([1, 2, 3, 4, 5]);
  });

  it('forgets what is older than an hour', () => {
    const { bridge, times } = watching();
    bridge.snapshot('usage', { samples: [sample(0), sample(60_000)] });
    bridge.change('usage', { samples: [sample(3_630_000)] });
    expect(times()).toEqual([60_000, 3_630_000]);
  });

  it('forgets what lies in the future of a clock that was set back', () => {
    const { bridge, times } = watching();
    bridge.snapshot('usage', { samples: [sample(3_000_000), sample(3_005_000)] });
    bridge.change('usage', { samples: [sample(1_000_000)] });
    expect(times()).toEqual([1_000_000]);
  });

  it('starts over with a new snapshot, also while something waits', () => {
    const { bridge, times } = watching();
    bridge.snapshot('usage', { samples: [sample(1)] });
    bridge.change('usage', { samples: [sample(2)] });
    bridge.change('usage', { samples: [sample(3)] });
    bridge.snapshot('usage', { samples: [sample(1), sample(2), sample(3)] });
    vi.advanceTimersByTime(5000);
    expect(times()).toEqual([1, 2, 3]);
  });

  it('leaves no timer behind', () => {
    const { bridge, feed } = watching();
    bridge.snapshot('usage', { samples: [] });
    bridge.change('usage', { samples: [sample(1)] });
    feed.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});

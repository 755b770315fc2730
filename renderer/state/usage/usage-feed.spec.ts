import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { aSample } from '../../../tests/support/samples.js';
import { PerchClient } from '../../api.js';
import { UsageFeed } from './usage-feed.svelte.js';

describe('UsageFeed', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function watching(): { bridge: FakeBridge; feed: UsageFeed; times: () => number[] } {
    const bridge = new FakeBridge();
    const feed = new UsageFeed(new PerchClient(bridge), 'home/1');
    feed.start();
    return { bridge, feed, times: () => feed.samples.map(({ at }) => at) };
  }

  it('subscribes to one server, shows its past, and adds to it', () => {
    const { bridge, feed, times } = watching();
    expect(bridge.subscriptions[0]?.params).toEqual({ serverId: 'home/1' });
    expect([feed.samples, feed.since]).toEqual([[], null]);
    bridge.snapshot('usage', { samples: [aSample(1), aSample(2)] });
    expect(feed.since).toBe(1);
    bridge.change('usage', { samples: [aSample(3)] });
    expect(times()).toEqual([1, 2, 3]);
  });

  it('changes at most once a second without losing samples', () => {
    const { bridge, feed, times } = watching();
    bridge.snapshot('usage', { samples: [] });
    bridge.change('usage', { samples: [aSample(1)] });
    const shown = feed.samples;
    for (const at of [2, 3, 4]) bridge.change('usage', { samples: [aSample(at)] });
    vi.advanceTimersByTime(999);
    expect(feed.samples).toBe(shown);
    vi.advanceTimersByTime(1);
    expect(times()).toEqual([1, 2, 3, 4]);
    bridge.change('usage', { samples: [aSample(5)] });
    expect(times()).toEqual([1, 2, 3, 4]);
    vi.advanceTimersByTime(1000);
    expect(times()).toEqual([1, 2, 3, 4, 5]);
  });

  it('drops samples older than an hour', () => {
    const { bridge, times } = watching();
    bridge.snapshot('usage', { samples: [aSample(0), aSample(60_000)] });
    bridge.change('usage', { samples: [aSample(3_630_000)] });
    expect(times()).toEqual([60_000, 3_630_000]);
    vi.advanceTimersByTime(1000);
    bridge.change('usage', { samples: [aSample(3_660_000)] });
    expect(times()).toEqual([60_000, 3_630_000, 3_660_000]);
  });

  it('drops samples in the future after the clock was set back', () => {
    const { bridge, times } = watching();
    bridge.snapshot('usage', { samples: [aSample(3_000_000), aSample(3_005_000)] });
    bridge.change('usage', { samples: [aSample(1_000_000)] });
    expect(times()).toEqual([1_000_000]);
  });

  it('restarts with a new snapshot, also while samples wait', () => {
    const { bridge, times } = watching();
    bridge.snapshot('usage', { samples: [aSample(1)] });
    bridge.change('usage', { samples: [aSample(2)] });
    bridge.change('usage', { samples: [aSample(3)] });
    bridge.snapshot('usage', { samples: [aSample(1), aSample(2), aSample(3)] });
    vi.advanceTimersByTime(5000);
    expect(times()).toEqual([1, 2, 3]);
  });

  it('leaves no timer behind', () => {
    const { bridge, feed } = watching();
    bridge.snapshot('usage', { samples: [] });
    bridge.change('usage', { samples: [aSample(1)] });
    const shown = feed.samples;
    vi.advanceTimersByTime(1000);
    expect([vi.getTimerCount(), feed.samples]).toEqual([0, shown]);
    for (const at of [2, 3]) bridge.change('usage', { samples: [aSample(at)] });
    feed.stop();
    expect(vi.getTimerCount()).toBe(0);
    feed.start();
    bridge.snapshot('usage', { samples: [] });
    bridge.change('usage', { samples: [aSample(9)] });
    expect(feed.samples.map(({ at }) => at)).toEqual([9]);
  });
});

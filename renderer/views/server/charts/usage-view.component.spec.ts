import { describe, expect, it, vi } from 'vitest';
import type { HistoryRange, UsageSample } from '../../../../bridge/schema/history.js';
import { PerchClient } from '../../../api.js';
import { ServerLayout } from '../../../state/server-layout.svelte.js';
import { UsageFeed } from '../../../state/usage/usage-feed.svelte.js';
import { UsagePast } from '../../../state/usage/usage-past.svelte.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { aSample } from '../../../../tests/support/samples.js';
import { UsageView } from './usage-view.svelte.js';

const minute = 60_000;
const hour = 60 * minute;
const now = 100 * hour;

function shown(
  samples: readonly UsageSample[],
  chosen: HistoryRange | null = null,
  crashed: number | null = null,
) {
  const bridge = new FakeBridge();
  const client = new PerchClient(bridge);
  const feed = new UsageFeed(client, 'home/1');
  feed.start();
  bridge.snapshot('usage', { samples });
  const layout = new ServerLayout();
  layout.chartRange = chosen;
  const past = new UsagePast(client, 'home/1');
  return {
    bridge,
    layout,
    view: new UsageView({ layout, feed, past, now: { at: now, read: () => now }, crashedAt: () => crashed }),
  };
}

describe('the view of a usage', () => {
  it('starts with the shortest range that fits', () => {
    expect(shown([]).view.range).toBe('5m');
    expect(shown([aSample(now - 4 * minute)]).view.range).toBe('5m');
    const { view } = shown([aSample(now - 50 * minute), aSample(now)]);
    expect(view.range).toBe('1h');
    expect(view.span).toEqual({ from: now - hour, until: now });
    expect(view.follows).toBe(true);
  });

  it('starts with a crash in view', () => {
    expect(shown([], null, now - 3 * minute).view.range).toBe('5m');
    expect(shown([aSample(now - 50 * minute)], null, now - minute).view.range).toBe('1h');
    expect(shown([], null, now - 3 * hour).view.range).toBe('24h');
  });

  it('keeps the chosen range for every server', () => {
    const { view, layout } = shown([]);
    view.choose('7d');
    expect(layout.chartRange).toBe('7d');
    expect(shown([aSample(now)], '24h').view.range).toBe('24h');
  });

  it('draws the old range until a longer one is read, and continues with live figures', async () => {
    const { view, bridge } = shown([aSample(now - 30 * minute), aSample(now - 5000)], '1h');
    const answer = bridge.hold('history.usage');
    view.choose('24h');
    const end = view.keep();
    expect([view.range, view.drawn]).toEqual(['24h', '1h']);
    answer({ samples: [aSample(now - 20 * hour), aSample(now - minute)] });
    await vi.waitFor(() => expect(view.drawn).toBe('24h'));
    expect(view.samples.map(({ at }) => (now - at) / 1000)).toEqual([72_000, 60, 5]);
    end?.();
    expect(bridge.calls).toEqual([{ name: 'history.usage', input: { serverId: 'home/1', range: '24h' } }]);
  });

  it('reads no stored data for the last hour', () => {
    const { view, bridge } = shown([], '1h');
    expect(view.keep()).toBeUndefined();
    expect(bridge.calls).toEqual([]);
  });

  it('moves the cross-hair within the range only', () => {
    const { view } = shown([aSample(now - 50 * minute), aSample(now - 2 * minute)], '5m');
    expect(view.samples.map(({ at }) => at)).toEqual([now - 2 * minute]);
    expect(view.visible).toHaveLength(2);
  });

  it('zooms, pans, and shows the whole range again', () => {
    const { view } = shown([], '1h');
    view.zoom(0.5, null);
    expect(view.span).toEqual({ from: now - hour / 2, until: now });
    expect([view.isZoomed, view.follows]).toEqual([true, true]);
    view.panBy(-0.5);
    expect(view.span).toEqual({ from: now - (hour * 3) / 4, until: now - hour / 4 });
    expect(view.follows).toBe(false);
    view.include(now);
    expect(view.span.until).toBe(now);
    view.show({ from: now - 20 * minute, until: now - 10 * minute });
    expect(view.span).toEqual({ from: now - 20 * minute, until: now - 10 * minute });
    view.showAll();
    expect(view.isZoomed).toBe(false);
    view.zoom(0.5, null);
    view.choose('24h');
    expect(view.isZoomed).toBe(false);
  });
});

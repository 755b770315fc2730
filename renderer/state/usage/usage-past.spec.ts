import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sentence } from '../../../messages/messages.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { UsagePast } from './usage-past.svelte.js';

const minute = 60_000;

describe('UsagePast', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function reading() {
    const bridge = new FakeBridge();
    bridge.answer('history.usage', { samples: [] });
    return { bridge, past: new UsagePast(new PerchClient(bridge), 'home/1') };
  }
  const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

  it('reads a shown range repeatedly, shorter ranges more often', async () => {
    const { bridge, past } = reading();
    expect(past.of('24h')).toBeNull();
    const end = past.keep('24h');
    await settled();
    expect(past.of('24h')).toEqual([]);
    await vi.advanceTimersByTimeAsync(2 * minute);
    expect(bridge.calls).toHaveLength(3);
    end();
    const endMonth = past.keep('30d');
    await vi.advanceTimersByTimeAsync(4 * minute);
    expect(bridge.calls).toHaveLength(4);
    endMonth();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps its data, and reads sooner after a failure', async () => {
    const { bridge, past } = reading();
    const end = past.keep('7d');
    await settled();
    bridge.refuse('history.usage', {
      code: 'internal',
      message: sentence('common.server-gone'),
      next: sentence('common.server-gone'),
    });
    await vi.advanceTimersByTimeAsync(5 * minute);
    expect(past.of('7d')).toEqual([]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(bridge.calls).toHaveLength(3);
    end();
  });

  it('sets no timer if it ended during a read', async () => {
    const { bridge, past } = reading();
    const answer = bridge.hold('history.usage');
    past.keep('24h')();
    answer({ samples: [] });
    await settled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

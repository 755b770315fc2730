import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sentence } from '../../../messages/messages.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { Sparks } from './sparks.svelte.js';

describe('Sparks', () => {
  const page = new EventTarget() as EventTarget & { hidden: boolean };
  let bridge: FakeBridge;
  let sparks: Sparks;
  let end: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    page.hidden = false;
    vi.stubGlobal('document', page);
    bridge = new FakeBridge();
    const points = [{ at: 1, cpuPercent: 5, afterGap: false }];
    bridge.answer('history.sparks', { lines: ['a', 'b'].map((serverId) => ({ serverId, points })) });
    sparks = new Sparks(new PerchClient(bridge));
    end = sparks.start();
  });
  afterEach(() => {
    end();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  const asked = (): unknown[] => bridge.calls.map(({ input }) => input);

  it('asks once for all visible servers, and again after a minute', async () => {
    for (const ids of [['a'], ['a', 'b']]) sparks.show(ids);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked()).toEqual([{ serverIds: ['a', 'b'] }]);
    expect(sparks.of('a')).toEqual([{ at: 1, cpuPercent: 5, afterGap: false }]);
    expect(sparks.of('c')).toEqual([]);
    sparks.show(['b']);
    await vi.advanceTimersByTimeAsync(50_000);
    expect(asked()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked().slice(1)).toEqual([{ serverIds: ['b'] }]);
  });

  it('asks at once for servers that become visible', async () => {
    sparks.show(['a']);
    await vi.advanceTimersByTimeAsync(1000);
    sparks.show(['a', 'c']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked()).toEqual([{ serverIds: ['a'] }, { serverIds: ['a', 'c'] }]);
  });

  it('pauses in a hidden window, and after its end', async () => {
    sparks.show(['a']);
    await vi.advanceTimersByTimeAsync(1000);
    page.hidden = true;
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked()).toHaveLength(1);
    page.hidden = false;
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(0);
    expect(asked()).toHaveLength(2);
    end();
    sparks.show(['c']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tries again after a failure', async () => {
    const problem = { message: sentence('common.server-gone'), next: sentence('common.server-gone') };
    bridge.refuse('history.sparks', { code: 'internal', ...problem });
    sparks.show(['a']);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(asked()).toHaveLength(2);
  });
});

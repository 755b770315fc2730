import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verbatim } from '../../../messages/messages.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { freshMs, StatesPast } from './states-past.svelte.js';

const runs = [{ from: 0, to: 5, state: 'running' as const }];

function setUp() {
  const bridge = new FakeBridge();
  const past = new StatesPast(new PerchClient(bridge), { read: () => 1_000_000 + Date.now() }, 1000);
  const asked = (): string[][] =>
    bridge.calls.map(({ input }) => (input as { serverIds: string[] }).serverIds);
  return { bridge, past, asked };
}

describe('StatesPast', () => {
  beforeEach(() => vi.useFakeTimers({ now: 0 }));
  afterEach(() => vi.useRealTimers());

  it('asks once for the visible servers, when the list has come to rest', async () => {
    const { bridge, past, asked } = setUp();
    bridge.answer('history.statesOf', { servers: [{ serverId: 'home/2', runs }] });
    past.want(['home/1']);
    await vi.advanceTimersByTimeAsync(100);
    past.want(['home/2', 'home/3']);
    await vi.advanceTimersByTimeAsync(200);
    expect(bridge.calls[0]?.input).toEqual({ serverIds: ['home/2', 'home/3'], from: 999_300, to: 1_000_300 });
    expect(past.of('home/2')?.runs).toEqual(runs);
    expect(past.of('home/3')?.runs).toEqual([]);
    expect(past.of('home/1')).toBeNull();
    past.want(['home/2', 'home/4']);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked()).toEqual([['home/2', 'home/3'], ['home/4']]);
  });

  it('asks again while they are visible, and not afterwards', async () => {
    const { bridge, past, asked } = setUp();
    bridge.answer('history.statesOf', { servers: [] });
    past.want(['home/1']);
    await vi.advanceTimersByTimeAsync(200 + freshMs);
    expect(asked()).toEqual([['home/1'], ['home/1']]);
    past.want([]);
    await vi.advanceTimersByTimeAsync(10 * freshMs);
    expect(asked()).toHaveLength(2);
  });

  it('asks about 500 servers at most, and forgets all once it knows more', async () => {
    const { bridge, past, asked } = setUp();
    bridge.answer('history.statesOf', { servers: [] });
    const ids = (from: number, to: number): string[] =>
      Array.from({ length: to - from }, (_none, place) => `home/${from + place}`);
    past.want(ids(0, 501));
    await vi.advanceTimersByTimeAsync(200);
    expect(asked()).toEqual([ids(0, 500)]);
    past.want(ids(500, 501));
    await vi.advanceTimersByTimeAsync(200);
    expect([past.of('home/0'), past.of('home/500')]).not.toContain(null);
    past.want(ids(600, 601));
    await vi.advanceTimersByTimeAsync(200);
    expect([past.of('home/0'), past.of('home/500')]).toEqual([null, null]);
    expect(past.of('home/600')).not.toBeNull();
  });

  it('does not ask while all that it shows is fresh, and leaves no timer behind', async () => {
    const { bridge, past, asked } = setUp();
    bridge.answer('history.statesOf', { servers: [] });
    for (let time = 0; time < 2; time++) {
      past.want(['home/1']);
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(asked()).toEqual([['home/1']]);
    past.want([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps its data if main does not answer', async () => {
    const { bridge, past } = setUp();
    bridge.answer('history.statesOf', { servers: [{ serverId: 'home/1', runs }] });
    past.want(['home/1']);
    await vi.advanceTimersByTimeAsync(200);
    bridge.refuse('history.statesOf', { code: 'internal', message: verbatim('x'), next: verbatim('y') });
    await vi.advanceTimersByTimeAsync(freshMs);
    expect(past.of('home/1')?.runs).toEqual(runs);
  });
});

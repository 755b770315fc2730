import { describe, expect, it } from 'vitest';
import type { FeedEvent, FeedName } from '../bridge/schema/contract.js';
import type { Envelope, PerchBridge } from '../bridge/schema/wire.js';
import { PerchError } from '../bridge/errors.js';
import { verbatim } from '../messages/messages.js';
import { PerchClient } from './api.js';

/** Bridge that records subscriptions and pushes the test's events into them. */
class FakeBridge implements PerchBridge {
  readonly subscriptions: { name: string; push: (event: FeedEvent<FeedName>) => void; ended: boolean }[] = [];
  answer: () => Promise<Envelope> = () => Promise.resolve({ ok: true, value: undefined });

  call(): Promise<Envelope> {
    return this.answer();
  }

  upload(): Promise<Envelope> {
    return this.answer();
  }

  watch(name: string, _params: unknown, listener: (event: FeedEvent<FeedName>) => void): () => void {
    const subscription = { name, push: listener, ended: false };
    this.subscriptions.push(subscription);
    return () => {
      subscription.ended = true;
    };
  }

  push(index: number, event: unknown): void {
    this.subscriptions[index]?.push(event as FeedEvent<FeedName>);
  }
}

const fleet = { kind: 'fleet' } as const;
const settings = { kind: 'settings' } as const;

function watching(): { bridge: FakeBridge; seen: string[]; stop: () => void } {
  const bridge = new FakeBridge();
  const seen: string[] = [];
  const stop = new PerchClient(bridge).watch('navigation', undefined, {
    snapshot: (view) => seen.push(`snapshot ${view.kind}`),
    change: (view) => seen.push(`change ${view.kind}`),
    failed: (problem) => seen.push(`failed ${problem.code}`),
  });
  return { bridge, seen, stop };
}

describe('call', () => {
  it('returns the value of a good envelope', async () => {
    const bridge = new FakeBridge();
    bridge.answer = () => Promise.resolve({ ok: true, value: { version: '1' } });
    expect(await new PerchClient(bridge).call('app.info')).toEqual({ version: '1' });
  });

  it('throws the problem of a refusal', async () => {
    const bridge = new FakeBridge();
    const problem = { code: 'forbidden' as const, message: verbatim('No.'), next: verbatim('Ask.') };
    bridge.answer = () => Promise.resolve({ ok: false, error: problem });
    const refused = new PerchClient(bridge).call('server.retry', { serverId: 'a/1' });
    await expect(refused).rejects.toBeInstanceOf(PerchError);
    await expect(refused).rejects.toMatchObject({ problem });
  });

  it('throws an internal problem if the channel breaks', async () => {
    const bridge = new FakeBridge();
    bridge.answer = () => Promise.reject(new Error('secret inside'));
    await expect(new PerchClient(bridge).call('app.quit')).rejects.toMatchObject({
      problem: { code: 'internal' },
    });
  });
});

describe('watch', () => {
  it('passes a snapshot and the changes that follow it', () => {
    const { bridge, seen } = watching();
    bridge.push(0, { kind: 'snapshot', revision: 4, snapshot: fleet });
    bridge.push(0, { kind: 'change', revision: 5, change: settings });
    expect(seen).toEqual(['snapshot fleet', 'change settings']);
  });

  it('subscribes again after a gap and ignores the old subscription', async () => {
    const { bridge, seen } = watching();
    bridge.push(0, { kind: 'snapshot', revision: 1, snapshot: fleet });
    bridge.push(0, { kind: 'change', revision: 3, change: settings });
    bridge.push(0, { kind: 'change', revision: 4, change: settings });
    await Promise.resolve();
    expect(bridge.subscriptions.map((one) => one.ended)).toEqual([true, false]);
    bridge.push(0, { kind: 'change', revision: 2, change: settings });
    bridge.push(1, { kind: 'snapshot', revision: 4, snapshot: settings });
    bridge.push(1, { kind: 'change', revision: 5, change: fleet });
    expect(seen).toEqual(['snapshot fleet', 'snapshot settings', 'change fleet']);
  });

  it('treats a change before any snapshot as a gap', async () => {
    const { bridge, seen } = watching();
    bridge.push(0, { kind: 'change', revision: 1, change: settings });
    await Promise.resolve();
    expect(bridge.subscriptions).toHaveLength(2);
    expect(seen).toEqual([]);
  });

  it('accepts a second snapshot on the same subscription', () => {
    const { bridge, seen } = watching();
    bridge.push(0, { kind: 'snapshot', revision: 1, snapshot: fleet });
    bridge.push(0, { kind: 'snapshot', revision: 7, snapshot: settings });
    bridge.push(0, { kind: 'change', revision: 8, change: fleet });
    expect(seen).toEqual(['snapshot fleet', 'snapshot settings', 'change fleet']);
    expect(bridge.subscriptions).toHaveLength(1);
  });

  it('ends the subscription, also one that is about to restart after a gap', async () => {
    const { bridge, stop } = watching();
    bridge.push(0, { kind: 'change', revision: 1, change: settings });
    stop();
    await Promise.resolve();
    expect(bridge.subscriptions).toHaveLength(1);
    expect(bridge.subscriptions[0]?.ended).toBe(true);
  });

  it('reports the end of a feed', () => {
    const { bridge, seen } = watching();
    bridge.push(0, {
      kind: 'failed',
      problem: { code: 'not-found', message: verbatim('Gone.'), next: verbatim('Close.') },
    });
    expect(seen).toEqual(['failed not-found']);
  });
});

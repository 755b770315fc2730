import { describe, expect, it } from 'vitest';
import type { ConsoleLine } from '../../../bridge/schema/console-line.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { ConsoleFeed, type ConsoleScreen } from './console-feed.svelte.js';

describe('ConsoleFeed', () => {
  /** Screen that draws on the test's command. */
  class SlowScreen implements ConsoleScreen {
    readonly shown: string[] = [];
    readonly waiting: (() => void)[] = [];
    clear(): void {
      this.shown.length = 0;
    }
    write(lines: readonly ConsoleLine[], skipped: number, drawn: () => void): void {
      if (skipped > 0) this.shown.push(`skipped ${skipped}`);
      this.shown.push(...lines.map(({ text }) => text));
      this.waiting.push(drawn);
    }
    draw(): void {
      for (const drawn of this.waiting.splice(0)) drawn();
    }
  }

  const line = (seq: number, text = `line ${seq}`): ConsoleLine => ({ seq, at: 0, source: 'server', text });

  function watching(): {
    bridge: FakeBridge;
    screen: SlowScreen;
    feed: ConsoleFeed;
    acknowledged: () => number[];
  } {
    const bridge = new FakeBridge();
    const screen = new SlowScreen();
    const feed = new ConsoleFeed(new PerchClient(bridge), 'home/1', screen);
    feed.start();
    bridge.snapshot('console', { lines: [line(1)], link: { kind: 'live' } });
    const acknowledged = (): number[] =>
      bridge.calls
        .filter(({ name }) => name === 'console.acknowledge')
        .map(({ input }) => (input as { cost: number }).cost);
    return { bridge, screen, feed, acknowledged };
  }

  it("shows main's lines, then new lines, and the link state", () => {
    const { bridge, screen, feed } = watching();
    expect(feed.link.kind).toBe('live');
    bridge.change('console', { lines: [line(2), line(3)] });
    bridge.change('console', { link: { kind: 'connecting' } });
    expect(screen.shown).toEqual(['line 1', 'line 2', 'line 3']);
    expect(feed.link.kind).toBe('connecting');
  });

  it('starts on an empty screen after a reset and after a gap', async () => {
    const { bridge, screen } = watching();
    bridge.change('console', { reset: true, lines: [line(40)] });
    expect(screen.shown).toEqual(['line 40']);
    bridge.lose('console');
    bridge.change('console', { lines: [line(42)] });
    await Promise.resolve();
    bridge.snapshot('console', { lines: [line(41), line(42)], link: { kind: 'live' } });
    expect(screen.shown).toEqual(['line 41', 'line 42']);
  });

  it('reports the number of dropped lines', () => {
    const { bridge, screen } = watching();
    bridge.change('console', { lines: [line(5)] });
    expect(screen.shown).toEqual(['line 1', 'skipped 3', 'line 5']);
  });

  it('acknowledges drawn lines once the queue is empty or a portion is full', () => {
    const { bridge, screen, acknowledged } = watching();
    screen.draw();
    expect(acknowledged()).toEqual([70]);
    bridge.change('console', { lines: [line(2, 'x'.repeat(6_000))] });
    bridge.change('console', { lines: [line(3, 'y')] });
    expect(acknowledged()).toEqual([70]);
    screen.waiting.shift()?.();
    expect(acknowledged()).toEqual([70, 6_064]);
    screen.draw();
    expect(acknowledged()).toEqual([70, 6_064, 65]);
  });

  it('is drawn again without cleared lines, and never without a subscription', () => {
    const { bridge, screen, feed } = watching();
    feed.clear();
    bridge.change('console', { lines: [line(2)] });
    expect(screen.shown).toEqual(['line 2']);
    feed.start();
    expect(bridge.subscriptions.map(({ ended }) => ended)).toEqual([true, false]);
    bridge.snapshot('console', { lines: [line(1), line(2), line(3)], link: { kind: 'live' } });
    expect(screen.shown).toEqual(['line 2', 'line 3']);
  });

  it('shows lines whose numbers restart after a server was gone', () => {
    const { bridge, screen, feed } = watching();
    bridge.change('console', { lines: [line(50)] });
    feed.clear();
    bridge.snapshot('console', { lines: [{ ...line(0, 'new'), at: 10 }], link: { kind: 'live' } });
    expect(screen.shown).toEqual(['new']);
  });

  it('acknowledges no line after its end', () => {
    const { bridge, screen, feed, acknowledged } = watching();
    feed.stop();
    screen.draw();
    expect(acknowledged()).toEqual([]);
    expect(bridge.subscriptions[0]?.ended).toBe(true);
  });
});

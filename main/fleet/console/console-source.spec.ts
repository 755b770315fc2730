import { describe, expect, it } from 'vitest';
import { consoleCost } from '../../../bridge/console/console-cost.js';
import type { FeedChange, FeedSnapshot } from '../../../bridge/schema/contract.js';
import type { ConsoleLine } from '../../../bridge/schema/console-line.js';
import type { ConsoleListener } from '../api.js';
import { ConsoleSource } from './console-source.js';

let seq = 0;
function line(text: string): ConsoleLine {
  return { seq: ++seq, at: 0, source: 'server', text };
}

function setUp() {
  const listeners: ConsoleListener[] = [];
  const backlogs: number[] = [];
  let watching = 0;
  const consoles = {
    watch(_serverId: string, listener: ConsoleListener) {
      watching += 1;
      listeners.push(listener);
      listener.snapshot([line('12345')], { kind: 'connecting' });
      return () => void (watching -= 1);
    },
    setBacklog: (_serverId: string, cost: number) => void backlogs.push(cost),
  };
  const source = new ConsoleSource(consoles);
  const open = (webContentsId: number) => {
    const snapshots: FeedSnapshot<'console'>[] = [];
    const changes: FeedChange<'console'>[] = [];
    const sink = {
      snapshot: (snapshot: FeedSnapshot<'console'>) => void snapshots.push(snapshot),
      change: (change: FeedChange<'console'>) => void changes.push(change),
    };
    const stop = source.source({ serverId: 'home/1' }, sink, { webContentsId });
    return { snapshots, changes, stop };
  };
  const console = (index = 0): ConsoleListener => {
    const listener = listeners[index];
    if (listener === undefined) throw new Error('nobody watches');
    return listener;
  };
  return { source, open, console, backlogs, watching: () => watching };
}

const first = consoleCost([{ text: '12345' }]);

describe('ConsoleSource', () => {
  it('begins with the remembered lines, then passes on new lines', () => {
    const { open, console } = setUp();
    const { snapshots, changes } = open(7);
    expect(snapshots[0]?.lines.map(({ text }) => text)).toEqual(['12345']);
    console().lines([line('a'), line('b')]);
    console().link({ kind: 'live' });
    expect(changes).toMatchObject([{ lines: [{ text: 'a' }, { text: 'b' }] }, { link: { kind: 'live' } }]);
  });

  it('replaces the shown lines by the history of a new start, in one event', () => {
    const { open, console } = setUp();
    const { changes } = open(7);
    console().reset();
    expect(changes).toEqual([]);
    console().lines([line('new')]);
    console().lines([line('newer')]);
    expect(changes).toMatchObject([
      { reset: true, lines: [{ text: 'new' }] },
      { lines: [{ text: 'newer' }] },
    ]);
    expect(changes[1]).not.toHaveProperty('reset');
  });

  it('counts sent lines until the window has drawn them', () => {
    const { source, open, console, backlogs } = setUp();
    open(7);
    const lines = [line('x'.repeat(1000))];
    console().lines(lines);
    const all = first + consoleCost(lines);
    expect(backlogs.at(-1)).toBe(all);
    source.acknowledge(8, 'home/1', 500);
    source.acknowledge(7, 'home/2', 500);
    expect(backlogs.at(-1)).toBe(all);
    source.acknowledge(7, 'home/1', consoleCost(lines));
    expect(backlogs.at(-1)).toBe(first);
    source.acknowledge(7, 'home/1', 9999);
    expect(backlogs.at(-1)).toBe(0);
  });

  it('counts blank lines, too, however many', () => {
    const { open, console, backlogs } = setUp();
    open(7);
    console().lines(Array.from({ length: 300_000 }, () => line('')));
    expect(backlogs.at(-1)).toBeGreaterThan(100_000);
  });

  it('follows the slowest window until it closes', () => {
    const { source, open, console, backlogs } = setUp();
    const slow = open(7);
    open(8);
    const lines = [line('x'.repeat(95))];
    for (const index of [0, 1]) console(index).lines(lines);
    const all = first + consoleCost(lines);
    source.acknowledge(8, 'home/1', all);
    expect(backlogs.at(-1)).toBe(all);
    slow.stop();
    expect(backlogs.at(-1)).toBe(0);
  });

  it('stops watching', () => {
    const { open, watching } = setUp();
    open(7).stop();
    expect(watching()).toBe(0);
  });
});

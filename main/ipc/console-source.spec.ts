import { describe, expect, it } from 'vitest';
import type { FeedChange, FeedSnapshot } from '../../bridge/contract.js';
import type { ConsoleLine } from '../../bridge/domain.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import type { ConsoleListener } from '../fleet/api.js';
import { chunkCharacters, ConsoleSource } from './console-source.js';

let seq = 0;
function line(text: string): ConsoleLine {
  return { seq: ++seq, at: 0, source: 'server', text };
}

function setUp() {
  const clock = new FakeClock();
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
    setBacklog: (_serverId: string, characters: number) => void backlogs.push(characters),
  };
  const source = new ConsoleSource(consoles, clock);
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
  return { clock, source, open, console, backlogs, watching: () => watching };
}

describe('ConsoleSource', () => {
  it('begins with what main remembers, then sends batches', async () => {
    const { clock, open, console } = setUp();
    const { snapshots, changes } = open(7);
    expect(snapshots[0]?.lines.map(({ text }) => text)).toEqual(['12345']);
    console().lines([line('a')]);
    console().link({ kind: 'live' });
    console().lines([line('b')]);
    await clock.advance(30);
    expect(changes).toMatchObject([{ link: { kind: 'live' }, lines: [{ text: 'a' }, { text: 'b' }] }]);
  });

  it('lets the history of a new start replace what was not sent yet', async () => {
    const { clock, open, console, backlogs } = setUp();
    const { changes } = open(7);
    console().lines([line('old')]);
    console().reset();
    console().lines([line('new')]);
    await clock.advance(30);
    expect(changes).toMatchObject([{ reset: true, lines: [{ text: 'new' }] }]);
    expect(changes[0]?.lines).toHaveLength(1);
    expect(backlogs.at(-1)).toBe(5 + 3);
  });

  it('counts what is sent until the window has drawn it', () => {
    const { source, open, console, backlogs } = setUp();
    open(7);
    console().lines([line('x'.repeat(1000))]);
    expect(backlogs.at(-1)).toBe(1005);
    source.acknowledge(8, 'home/1', 500);
    source.acknowledge(7, 'home/2', 500);
    expect(backlogs.at(-1)).toBe(1005);
    source.acknowledge(7, 'home/1', 1000);
    expect(backlogs.at(-1)).toBe(5);
    source.acknowledge(7, 'home/1', 9999);
    expect(backlogs.at(-1)).toBe(0);
  });

  it('goes at the pace of the slowest window, until it closes', () => {
    const { source, open, console, backlogs } = setUp();
    const slow = open(7);
    open(8);
    for (const index of [0, 1]) console(index).lines([line('x'.repeat(95))]);
    source.acknowledge(8, 'home/1', 100);
    expect(backlogs.at(-1)).toBe(100);
    slow.stop();
    expect(backlogs.at(-1)).toBe(0);
  });

  it('cuts a flood into events of a bearable size, in order', async () => {
    const { clock, open, console } = setUp();
    const { changes } = open(7);
    const flood = Array.from({ length: 20 }, (_, index) => line(String(index).padEnd(10_000, '.')));
    console().lines(flood);
    await clock.advance(30);
    expect(changes.length).toBeGreaterThan(2);
    expect(changes.flatMap(({ lines }) => lines ?? [])).toEqual(flood);
    for (const { lines = [] } of changes) {
      expect(lines.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(chunkCharacters);
    }
  });

  it('stops watching and sends nothing more', async () => {
    const { clock, open, console, watching } = setUp();
    const { changes, stop } = open(7);
    console().lines([line('a')]);
    stop();
    await clock.advance(100);
    expect(changes).toEqual([]);
    expect(watching()).toBe(0);
    expect(clock.pending).toBe(0);
  });
});

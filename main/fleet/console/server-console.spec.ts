import { describe, expect, it } from 'vitest';
import type { ConsoleLine } from '../../../bridge/schema/console-line.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import type { ArrivingLine } from './console-buffer.js';
import { ServerConsole } from './server-console.js';

type Source = ConsoleLine['source'];

function lines(source: Source, ...texts: string[]): ArrivingLine[] {
  return texts.map((text) => ({ at: 1, source, text }));
}

/** Short lines, so that a batch is limited by their number and not by their cost. */
function many(count: number): ArrivingLine[] {
  return lines('server', ...Array.from({ length: count }, () => ''));
}

function rig() {
  const clock = new FakeClock(0);
  const console = new ServerConsole(clock, { kind: 'live' }, { lines: 2000, characters: 500_000 });
  const watch = () => {
    const told: string[] = [];
    const batches: number[] = [];
    const take = (taken: readonly ConsoleLine[]): void => {
      batches.push(taken.length);
      told.push(...taken.map(({ text }) => text));
    };
    const end = console.watch({
      snapshot: take,
      lines: take,
      link: ({ kind }) => told.push(`(${kind})`),
      reset: () => told.push('(reset)'),
    });
    return { told, batches, end };
  };
  return { clock, console, watch };
}

describe('the memory of a console', () => {
  it('is sent in batches, the first at once and the others without waiting for a new line', async () => {
    const { clock, console, watch } = rig();
    console.append(many(1001));
    const watching = watch();
    expect(watching.batches).toEqual([1000]);
    await clock.advance(30);
    expect(watching.batches).toEqual([1000, 1]);
  });

  it('is sent at once if it is small, without a timer', () => {
    const { clock, console, watch } = rig();
    expect(console.isEmpty).toBe(true);
    console.append(lines('server', 'a'));
    expect(console.isEmpty).toBe(false);
    expect(watch().told).toEqual(['a']);
    console.append([]);
    expect(clock.pending).toBe(0);
    console.drop();
    expect(console.isEmpty).toBe(true);
  });

  it('stays long while one of two windows still watches', async () => {
    const { clock, console, watch } = rig();
    const one = watch();
    watch();
    console.append(many(5000));
    one.end();
    const late = watch();
    await clock.advance(30);
    expect(late.told).toHaveLength(5000);
  });
});

describe('the lines of a console', () => {
  it('are sent 30 ms after the first of them, however many follow', async () => {
    const { clock, console, watch } = rig();
    const watching = watch();
    console.append(lines('server', 'a'));
    await clock.advance(20);
    console.append(lines('server', 'b'));
    await clock.advance(10);
    expect(watching.told).toEqual(['a', 'b']);
    console.append(lines('server', 'c'));
    await clock.advance(30);
    expect(watching.told).toEqual(['a', 'b', 'c']);
  });

  it('are not sent after the stop', async () => {
    const { clock, console, watch } = rig();
    const watching = watch();
    console.append(lines('server', 'a'));
    console.stop();
    expect(clock.pending).toBe(0);
    console.link({ kind: 'none' });
    await clock.advance(100);
    expect(watching.told).toEqual([]);
    expect(console.isWatched).toBe(false);
  });
});

describe('the history of a session', () => {
  it('replaces no lines if the session is not new', async () => {
    const { clock, console, watch } = rig();
    console.append(lines('daemon', 'a'));
    const watching = watch();
    console.append(lines('history', 'b'));
    await clock.advance(30);
    expect(watching.told).toEqual(['a', 'b']);
  });

  it('replaces the old lines also after and with a daemon line', async () => {
    const { clock, console, watch } = rig();
    console.append(lines('server', 'old'));
    const watching = watch();
    console.sessionStarted();
    console.append(lines('daemon', 'word'));
    console.append([...lines('daemon', 'first'), ...lines('history', 'new')]);
    await clock.advance(30);
    expect(watching.told).toEqual(['old', '(reset)', 'first', 'new']);
  });

  it('replaces nothing once the session has sent a line of the server itself', async () => {
    const { clock, console, watch } = rig();
    console.append(lines('server', 'old'));
    const watching = watch();
    console.sessionStarted();
    console.append([...lines('daemon', 'word'), ...lines('server', 'live')]);
    console.append(lines('history', 'late'));
    await clock.advance(30);
    expect(watching.told).toEqual(['old', 'word', 'live', 'late']);
  });

  it('clears no empty console', async () => {
    const { clock, console, watch } = rig();
    const watching = watch();
    console.sessionStarted();
    console.append(lines('history', 'a'));
    await clock.advance(30);
    expect(watching.told).toEqual(['a']);
  });
});

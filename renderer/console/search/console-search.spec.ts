import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TextSnapshot } from './buffer-text.js';
import { ConsoleSearch } from './console-search.svelte.js';
import { findInText, type TextMatches, type Query } from './find-in-text.js';
import type { MatchPlace } from './match-rows.js';

/** Console of short lines with the last line in view. */
class FakeConsole {
  lines: string[];
  gone = 0;
  current = -1;
  marked: readonly MatchPlace[] = [];
  revealed: number[] = [];
  searches = 0;
  answer: TextMatches | null = null;

  constructor(lines: string[]) {
    this.lines = lines;
  }

  read(): TextSnapshot {
    const before = this.gone;
    return {
      text: this.lines.join('\n'),
      firstRows: this.lines.map((_line, at) => at),
      lengths: this.lines.map(({ length }) => length),
      gone: () => this.gone - before,
      release: () => undefined,
    };
  }
  bottom(): number {
    return this.lines.length - 1;
  }
  mark(places: readonly MatchPlace[], _snapshot: TextSnapshot | null, current: number): void {
    this.marked = places;
    this.current = current;
  }
  reveal({ row }: MatchPlace): void {
    this.revealed.push(row);
  }
  find(text: string, query: Query): Promise<TextMatches | null> {
    this.searches += 1;
    return Promise.resolve(this.answer ?? findInText(text, query));
  }
  stop(): void {
    // No background work in the fake.
  }
}

async function searching(text: string): Promise<{ shown: FakeConsole; search: ConsoleSearch }> {
  const shown = new FakeConsole(['one', 'two', 'one two', 'three', 'one']);
  const search = new ConsoleSearch(shown, shown);
  search.open();
  search.ask({ text });
  await vi.advanceTimersByTimeAsync(100);
  return { shown, search };
}

describe('ConsoleSearch', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('starts with the newest match and wraps in both directions', async () => {
    const { shown, search } = await searching('one');
    expect(search.summary).toBe('3 of 3');
    search.next();
    expect(search.summary).toBe('1 of 3');
    search.next();
    expect(search.summary).toBe('2 of 3');
    search.previous();
    search.previous();
    expect(search.summary).toBe('3 of 3');
    expect(shown.revealed).toEqual([4, 0, 2, 0, 4]);
  });

  it('reports no match, or an invalid expression', async () => {
    const { shown, search } = await searching('zebra');
    expect(search.summary).toBe('No results');
    search.ask({ text: '(', isExpression: true });
    await vi.advanceTimersByTimeAsync(100);
    expect(search.summary).toBe('Not a valid expression');
    expect(shown.marked).toEqual([]);
  });

  it('keeps its match while lines come and go, without moving the view', async () => {
    const { shown, search } = await searching('one');
    search.previous();
    expect(search.summary).toBe('2 of 3');
    shown.lines = [...shown.lines.slice(1), 'one more'];
    shown.gone = 1;
    const before = shown.revealed.length;
    search.changed();
    await vi.advanceTimersByTimeAsync(1000);
    expect(search.summary).toBe('1 of 3');
    expect(shown.revealed).toHaveLength(before);
  });

  it('does not repeat a slow expression for every new line', async () => {
    const { shown, search } = await searching('one');
    shown.answer = { kind: 'slow' };
    search.ask({ text: 'slow' });
    await vi.advanceTimersByTimeAsync(100);
    expect(search.summary).toBe('This expression takes too long');
    const { searches } = shown;
    search.changed();
    await vi.advanceTimersByTimeAsync(1000);
    expect(shown.searches).toBe(searches);
  });

  it('searches at most a few times a second while the server prints, and not at all when closed', async () => {
    const { shown, search } = await searching('one');
    const before = shown.searches;
    for (let tick = 0; tick < 100; tick += 1) {
      search.changed();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(shown.searches - before).toBeLessThanOrEqual(3);
    search.close();
    expect(shown.marked).toEqual([]);
    search.changed();
    const { searches } = shown;
    await vi.advanceTimersByTimeAsync(1000);
    expect(shown.searches).toBe(searches);
  });
});

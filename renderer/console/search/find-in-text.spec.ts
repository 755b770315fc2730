import { describe, expect, it, vi } from 'vitest';
import { findInText, mostMatches, type Query } from './find-in-text.js';
import { TextFinder, type FindMessage, type FindWorker } from './text-finder.js';

const query: Query = { text: '', matchCase: false, isExpression: false };

function matches(text: string, asked: Partial<Query>): number[] {
  const found = findInText(text, { ...query, ...asked });
  return found.kind === 'found' ? [...found.matches] : [];
}

describe('findInText', () => {
  it('searches typed text literally, in any case', () => {
    expect(matches('a.b\nA.B axb', { text: 'a.b' })).toEqual([0, 0, 3, 1, 0, 3]);
    expect(matches('a.b\nA.B', { text: 'A.B', matchCase: true })).toEqual([1, 0, 3]);
  });

  it('searches a regular expression, and reports an invalid one', () => {
    expect(matches('id=12 id=7', { text: '\\d+', isExpression: true })).toEqual([0, 3, 2, 0, 9, 1]);
    expect(findInText('x', { ...query, text: '(', isExpression: true }).kind).toBe('invalid');
  });

  it('ends with expressions that match everywhere', () => {
    expect(matches('abc', { text: 'x*', isExpression: true })).toEqual([]);
  });

  it('stops counting at its limit', () => {
    expect(matches('a'.repeat(mostMatches + 50), { text: 'a' })).toHaveLength(3 * mostMatches);
  });
});

describe('TextFinder', () => {
  class LazyWorker implements FindWorker {
    onmessage: ((event: MessageEvent<FindMessage>) => void) | null = null;
    terminated = false;
    postMessage(): void {
      // The test calls `begin` and `answer` instead.
    }
    terminate(): void {
      this.terminated = true;
    }
    begin(): void {
      this.#tell({ kind: 'begun' });
    }
    answer(): void {
      this.#tell({ kind: 'found', matches: Int32Array.from([0, 0, 1]) });
    }
    #tell(data: FindMessage): void {
      this.onmessage?.(new MessageEvent('message', { data }));
    }
  }

  function finder(): { finder: TextFinder; workers: LazyWorker[] } {
    const workers: LazyWorker[] = [];
    const make = (): LazyWorker => {
      const worker = new LazyWorker();
      workers.push(worker);
      return worker;
    };
    return { finder: new TextFinder(make), workers };
  }

  it('terminates a slow worker, and continues with another', async () => {
    vi.useFakeTimers();
    const { finder: asked, workers } = finder();
    const slow = asked.find('x', { ...query, isExpression: true });
    workers[0]?.begin();
    await vi.advanceTimersByTimeAsync(4000);
    expect(await slow).toEqual({ kind: 'slow' });
    expect(workers[0]?.terminated).toBe(true);
    const next = asked.find('x', query);
    workers[1]?.answer();
    expect((await next)?.kind).toBe('found');
    vi.useRealTimers();
  });

  it('waits for a worker that starts late on a busy computer', async () => {
    vi.useFakeTimers();
    const { finder: asked, workers } = finder();
    const late = asked.find('x', { ...query, isExpression: true });
    await vi.advanceTimersByTimeAsync(20_000);
    workers[0]?.begin();
    await vi.advanceTimersByTimeAsync(1000);
    workers[0]?.answer();
    expect((await late)?.kind).toBe('found');
    vi.useRealTimers();
  });

  it('answers the newest query only', async () => {
    const { finder: asked, workers } = finder();
    const old = asked.find('x', query);
    const next = asked.find('y', query);
    workers.at(-1)?.answer();
    expect(await old).toBeNull();
    expect((await next)?.kind).toBe('found');
  });
});

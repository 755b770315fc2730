import { describe, expect, it } from 'vitest';
import { withoutRepeats, type Arrived } from './history.js';

/** Lines that arrived at the given times; a text that begins with "daemon" is a daemon line. */
function lines(...entries: (string | [number, string])[]): Arrived[] {
  return entries.map((entry) => {
    const [at, text] = typeof entry === 'string' ? [100, entry] : entry;
    return { at, text, source: text.startsWith('daemon') ? 'daemon' : 'history' };
  });
}

function texts(arrived: Arrived[], shown: string[] = []): string[] {
  return withoutRepeats(arrived, shown).map((line) => line.text);
}

describe('withoutRepeats', () => {
  it('keeps all lines when none was shown', () => {
    expect(texts(lines('a', '', 'b', 'b'))).toEqual(['a', '', 'b', 'b']);
  });

  it('drops shown lines, also if the history starts in the middle of them', () => {
    expect(texts(lines('c', 'd', 'e'), ['a', 'b', 'c', 'd'])).toEqual(['e']);
    expect(texts(lines('a', 'b', 'c', 'd', 'e'), ['a', 'b', 'c'])).toEqual(['d', 'e']);
  });

  it('drops history from before the first shown line', () => {
    expect(texts(lines('x', 'y', 'a', 'b', 'c', 'd'), ['a', 'b', 'c'])).toEqual(['d']);
  });

  it('finds the place although live lines were lost', () => {
    expect(texts(lines('a', 'lost', 'lost too', 'b', 'c', 'd', 'new'), ['a', 'b', 'c', 'd'])).toEqual([
      'new',
    ]);
  });

  it('ignores the known differences between live and history', () => {
    expect(texts(lines('a', '', '10% \r20% \rdone', 'new'), ['a', '10%\r\n20%\r\ndone'])).toEqual(['new']);
  });

  it('does not trust a short match', () => {
    expect(texts(lines('boot', 'list', 'ready'), ['x', 'y', 'list'])).toEqual(['boot', 'list', 'ready']);
  });

  it('drops live lines that the history repeats', () => {
    expect(texts(lines([1, 'tick 2'], [9, 'boot'], [9, 'tick 1'], [9, 'tick 2']))).toEqual([
      'boot',
      'tick 1',
      'tick 2',
    ]);
  });

  it('does not treat equal lines within the burst as live', () => {
    expect(texts(lines('tick', 'tick', 'tick', 'tick'))).toHaveLength(4);
  });

  it('never drops daemon lines', () => {
    expect(texts(lines('a', 'daemon stops', 'b', 'c'), ['a', 'b'])).toEqual(['daemon stops', 'c']);
  });
});

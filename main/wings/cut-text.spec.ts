import { describe, expect, it } from 'vitest';
import { heapGrowth } from '../../tests/support/heap.js';
import { cutText } from './cut-text.js';

describe('cutText', () => {
  it('keeps a short text, and cuts a long one exactly', () => {
    expect(cutText('abc', 3)).toBe('abc');
    expect(cutText('Wêlt 🎮', 6)).toBe('Wêlt 🎮'.slice(0, 6));
  });

  it('does not keep the whole text in memory', () => {
    const kept: string[] = [];
    const grown = heapGrowth(() => {
      for (let count = 0; count < 60; count++) {
        kept.push(cutText(Buffer.alloc(500_000, count).toString('latin1'), 100));
      }
    });
    expect(kept).toHaveLength(60);
    expect(grown).toBeLessThan(5_000_000);
  });
});

import { describe, expect, it } from 'vitest';
import { heapGrowth } from '../../../tests/support/heap.js';
import { ConsoleBuffer } from './console-buffer.js';

const bounds = { lines: 2000, characters: 500_000 };

describe('ConsoleBuffer', () => {
  it('drops lines beyond the bounds at once', () => {
    const buffer = new ConsoleBuffer(bounds);
    const grown = heapGrowth(() => {
      for (let count = 0; count < 600; count++) {
        const text = Buffer.alloc(65_536, count % 256).toString('latin1');
        buffer.push([{ at: 0, source: 'server', text }]);
      }
    });
    expect(buffer.size).toBe(7);
    expect(grown).toBeLessThan(5_000_000);
  });

  it('keeps order and numbers while the oldest lines go', () => {
    const buffer = new ConsoleBuffer({ lines: 3, characters: 1000 });
    for (let count = 0; count < 5000; count++) buffer.push([{ at: 0, source: 'server', text: `${count}` }]);
    expect(buffer.lines.map(({ seq, text }) => [seq, text])).toEqual([
      [4997, '4997'],
      [4998, '4998'],
      [4999, '4999'],
    ]);
  });
});

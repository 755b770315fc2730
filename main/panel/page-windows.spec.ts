import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageSize, windowAt } from './page-windows.js';

/** Walks through a list of `total` servers as the reader does. */
function walk(total: number, leftOut: readonly number[]) {
  const read = new Set<number>();
  let pages = 0;
  for (let at = 0; at < total;) {
    if (leftOut.includes(at)) {
      at++;
      continue;
    }
    const { size, number } = windowAt(at, leftOut);
    pages++;
    for (let place = (number - 1) * size; place < number * size; place++) read.add(place);
    at = number * size;
  }
  return { read, pages };
}

describe('pages around places that are left out', () => {
  it('cover the whole list without failing places', () => {
    expect([0, 100, 200].map((at) => windowAt(at, []))).toEqual([
      { size: pageSize, number: 1 },
      { size: pageSize, number: 2 },
      { size: pageSize, number: 3 },
    ]);
  });

  it.each([
    [130, [42], 3],
    [130, [0], 8],
    [130, [99], 3],
    [1000, [500], 13],
    [1000, [101, 503, 997], 19],
  ])('are few: of %d servers without those at %j', (total, leftOut, most) => {
    expect(walk(total, leftOut).pages).toBeLessThanOrEqual(most);
  });

  it('hold every other server, and no failing server', () => {
    const places = fc.uniqueArray(fc.integer({ min: 0, max: 999 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), places, (total, leftOut) => {
        const { read } = walk(total, leftOut);
        for (let at = 0; at < total; at++) expect(read.has(at)).toBe(!leftOut.includes(at));
        for (const place of leftOut) expect(read.has(place)).toBe(false);
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});

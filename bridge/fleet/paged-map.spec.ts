import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PagedMap } from './paged-map.js';

const key = fc.integer({ min: 0, max: 120 }).map((number) => `s${number}`);
const entries = fc.array(fc.tuple(key, fc.integer()), { maxLength: 150 });
const steps = fc.array(fc.array(fc.tuple(key, fc.option(fc.integer())), { maxLength: 20 }), { maxLength: 8 });

/** Content that a plain copy of the map would have. */
function copied<V>(map: ReadonlyMap<string, V>, values: ReadonlyMap<string, V | null>): Map<string, V> {
  const copy = new Map(map);
  for (const [name, value] of values) {
    if (value === null) copy.delete(name);
    else copy.set(name, value);
  }
  return copy;
}

describe('PagedMap', () => {
  it('equals a copied map, in the same order, after any changes', () => {
    fc.assert(
      fc.property(entries, steps, (first, later) => {
        let plain: ReadonlyMap<string, number> = new Map(first);
        let paged = PagedMap.of(plain);
        for (const step of later) {
          plain = copied(plain, new Map(step));
          paged = paged.with(new Map(step));
          expect([...paged]).toEqual([...plain]);
          expect([...paged.values()]).toEqual([...plain.values()]);
          expect([...paged.keys()]).toEqual([...plain.keys()]);
          expect(paged.size).toBe(plain.size);
          for (const [name, value] of plain) expect(paged.get(name)).toBe(value);
        }
      }),
    );
  });

  it('keeps its source map unchanged', () => {
    const before = PagedMap.of(new Map([...Array(70).keys()].map((number) => [`s${number}`, number])));
    const after = before.with(new Map([['s40', -1]]));
    expect([before.get('s40'), after.get('s40')]).toEqual([40, -1]);
  });

  it('has only the given keys', () => {
    const map = PagedMap.of(new Map([['s0', 0]]));
    expect([map.get('s1'), map.has('s1'), map.has('s0')]).toEqual([undefined, false, true]);
  });

  it('iterates over its values', () => {
    const told: [string, number][] = [];
    PagedMap.of(new Map([['a', 1]])).forEach((value, name) => told.push([name, value]));
    expect(told).toEqual([['a', 1]]);
  });
});

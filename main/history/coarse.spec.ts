import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coarse, fine } from './coarse.js';

const figure = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

describe('coarse', () => {
  it('keeps small numbers unchanged', () => {
    for (const value of [0, 1, 7, 500, 1023]) expect(fine(coarse(value))).toBe(value);
  });

  it('rounds fractions to the nearest number', () => {
    expect([0.4, 0.6, 499.5, 1022.7].map((value) => fine(coarse(value)))).toEqual([0, 1, 500, 1023]);
  });

  it('is right within a thousandth', () => {
    fc.assert(
      fc.property(figure, (value) => {
        expect(Math.abs(fine(coarse(value)) - value)).toBeLessThanOrEqual(value / 1000);
      }),
    );
  });

  it('never gives a larger number a smaller code', () => {
    fc.assert(
      fc.property(figure, figure, (one, other) => {
        expect(Math.sign(coarse(one) - coarse(other)) * Math.sign(one - other)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('treats negative numbers and NaN as 0', () => {
    for (const value of [-5, Number.NaN]) expect(coarse(value)).toBe(0);
    expect(fine(coarse(Infinity))).toBeGreaterThan(1e15);
  });
});

import { describe, expect, it } from 'vitest';
import { ListDoubt } from './list-doubt.js';

describe('ListDoubt', () => {
  it('believes an empty list of a panel without servers, and a list that lost no more than half', () => {
    const doubt = new ListDoubt();
    expect(doubt.readAgainIn({ known: 0, missing: 0 })).toBeNull();
    expect(doubt.readAgainIn({ known: 10, missing: 5 })).toBeNull();
  });

  it('wants to see a list without any known server three times', () => {
    const doubt = new ListDoubt();
    const gone = { known: 10, missing: 10 };
    expect([1, 2, 3].map(() => doubt.readAgainIn(gone))).toEqual([3000, 6000, null]);
    expect(doubt.readAgainIn(gone)).toBe(3000);
  });

  it('wants to see a list that lost more than half twice', () => {
    const doubt = new ListDoubt();
    expect([1, 2].map(() => doubt.readAgainIn({ known: 10, missing: 6 }))).toEqual([3000, null]);
  });

  it('starts again if a list in between is complete', () => {
    const doubt = new ListDoubt();
    doubt.readAgainIn({ known: 10, missing: 10 });
    expect(doubt.readAgainIn({ known: 10, missing: 0 })).toBeNull();
    expect(doubt.readAgainIn({ known: 10, missing: 10 })).toBe(3000);
  });
});

import { describe, expect, it } from 'vitest';
import { wordsThatFit } from './chip-words.js';

const chips = [
  { whole: 90, word: 50 },
  { whole: 80, word: 40 },
  { whole: 70, word: 0 },
  { whole: 100, word: 60 },
];

describe('the words of chips in a line', () => {
  it('all stay with enough room', () => {
    expect(wordsThatFit(chips, 346, 2)).toBe(4);
    expect(wordsThatFit([], 0, 2)).toBe(0);
  });

  it('disappear from the last chip on, only as many as needed', () => {
    expect(wordsThatFit(chips, 345, 2)).toBe(3);
    expect(wordsThatFit(chips, 286, 2)).toBe(3);
    expect(wordsThatFit(chips, 285, 2)).toBe(1);
    expect(wordsThatFit(chips, 245, 2)).toBe(0);
  });

  it('all disappear if even that is not enough', () => {
    expect(wordsThatFit(chips, 100, 2)).toBe(0);
  });
});

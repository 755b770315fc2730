import { describe, expect, it } from 'vitest';
import { NewLineCounter, newLinesLabel } from './new-line-counter.js';

describe('NewLineCounter', () => {
  it('counts lines that arrive while the end is out of view', () => {
    const counter = new NewLineCounter();
    counter.drawn(5);
    expect(counter.count).toBe(0);
    counter.moved(true);
    counter.drawn(2);
    counter.moved(true);
    counter.drawn(1);
    expect(counter.count).toBe(3);
    counter.moved(false);
    expect(counter.count).toBe(0);
  });
});

describe('newLinesLabel', () => {
  it.each([
    [0, 'Go to the end'],
    [1, '1 new line'],
    [12_345, '12,345 new lines'],
  ])('for %i lines: %s', (count, label) => {
    expect(newLinesLabel(count)).toBe(label);
  });
});

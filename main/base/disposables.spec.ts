import { describe, expect, it } from 'vitest';
import { Ends } from './ends.js';

describe('Ends', () => {
  it('ends the latest first, and each once', () => {
    const ended: string[] = [];
    const ends = new Ends();
    ends.add(() => ended.push('a'));
    ends.add(
      () => ended.push('b'),
      () => ended.push('c'),
    );
    ends.end();
    ends.end();
    expect(ended).toEqual(['c', 'b', 'a']);
  });

  it('ends what is added after an end with the next end', () => {
    const ended: string[] = [];
    const ends = new Ends();
    ends.add(() => ended.push('a'));
    ends.end();
    ends.add(() => ended.push('b'));
    ends.end();
    expect(ended).toEqual(['a', 'b']);
  });

  it('does not call a function again that ends all the others', () => {
    const ended: string[] = [];
    const ends = new Ends();
    ends.add(() => ended.push('a'));
    ends.add(() => {
      ended.push('b');
      ends.end();
    });
    ends.end();
    expect(ended).toEqual(['b', 'a']);
  });
});

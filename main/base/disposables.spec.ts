import { describe, expect, it } from 'vitest';
import { Disposables } from './disposables.js';

describe('Disposables', () => {
  it('calls the latest function first, and each once', () => {
    const called: string[] = [];
    const disposables = new Disposables();
    disposables.add(() => called.push('a'));
    disposables.add(
      () => called.push('b'),
      () => called.push('c'),
    );
    disposables.dispose();
    disposables.dispose();
    expect(called).toEqual(['c', 'b', 'a']);
  });

  it('calls a function that was added after a disposal at the next disposal', () => {
    const called: string[] = [];
    const disposables = new Disposables();
    disposables.add(() => called.push('a'));
    disposables.dispose();
    disposables.add(() => called.push('b'));
    disposables.dispose();
    expect(called).toEqual(['a', 'b']);
  });

  it('does not call a function again that disposes of all others', () => {
    const called: string[] = [];
    const disposables = new Disposables();
    disposables.add(() => called.push('a'));
    disposables.add(() => {
      called.push('b');
      disposables.dispose();
    });
    disposables.dispose();
    expect(called).toEqual(['b', 'a']);
  });
});

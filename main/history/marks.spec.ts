import { describe, expect, it } from 'vitest';
import type { PastState } from '../../bridge/schema/history.js';
import { runsOf, tidy, within, type Mark } from './marks.js';

const mark = (at: number, state: PastState): Mark => ({ at, state });

describe('tidy', () => {
  it('sorts marks by time and drops those without a change', () => {
    const marks = [mark(30, 'offline'), mark(10, 'running'), mark(20, 'running')];
    expect(tidy(marks)).toEqual([mark(10, 'running'), mark(30, 'offline')]);
  });

  it('prefers the later of two marks at the same time', () => {
    expect(tidy([mark(10, 'starting'), mark(10, 'running')])).toEqual([mark(10, 'running')]);
  });

  it('drops an unknown state before the first known state, and keeps one after it', () => {
    const marks = [mark(5, 'unknown'), mark(10, 'running'), mark(20, 'unknown')];
    expect(tidy(marks)).toEqual([mark(10, 'running'), mark(20, 'unknown')]);
  });
});

describe('within', () => {
  const marks = [mark(10, 'running'), mark(20, 'offline'), mark(30, 'running')];

  it('begins with the state at the start', () => {
    expect(within(marks, 15, 25)).toEqual([mark(15, 'running'), mark(20, 'offline'), mark(25, 'unknown')]);
  });

  it('includes a mark at the start once, and excludes one at the end', () => {
    expect(within(marks, 10, 20)).toEqual([mark(10, 'running'), mark(20, 'unknown')]);
    expect(within(marks, 20, 30)).toEqual([mark(20, 'offline'), mark(30, 'unknown')]);
  });

  it('uses the last of the marks before the start', () => {
    expect(within(marks, 35, 40)).toEqual([mark(35, 'running'), mark(40, 'unknown')]);
  });

  it('is empty without a known state', () => {
    expect(within(marks, 0, 10)).toEqual([]);
    expect(within([], 0, 10)).toEqual([]);
  });

  it('begins at the first mark if no state was known before', () => {
    expect(within(marks, 0, 15)).toEqual([mark(10, 'running'), mark(15, 'unknown')]);
  });
});

describe('runsOf', () => {
  it('gives every moment to one run', () => {
    expect(runsOf([mark(10, 'running'), mark(20, 'offline')], 0, 30)).toEqual([
      { from: 0, to: 10, state: 'unknown' },
      { from: 10, to: 20, state: 'running' },
      { from: 20, to: 30, state: 'offline' },
    ]);
  });

  it('has no empty run before a state that is known from the first moment on', () => {
    expect(runsOf([mark(0, 'running')], 0, 30)).toEqual([{ from: 0, to: 30, state: 'running' }]);
  });

  it('is unknown for the whole time without marks', () => {
    expect(runsOf([], 5, 9)).toEqual([{ from: 5, to: 9, state: 'unknown' }]);
  });
});

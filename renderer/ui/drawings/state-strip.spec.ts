import { describe, expect, it } from 'vitest';
import type { StateRun } from '../../../bridge/schema/history.js';
import { shareText, stripWords } from './state-strip-words.js';
import { stripPaths } from './state-strip.js';

const runs: StateRun[] = [
  { from: 0, to: 25, state: 'unknown' },
  { from: 25, to: 75, state: 'running' },
  { from: 75, to: 75.01, state: 'crashed' },
  { from: 75.01, to: 100, state: 'stopping' },
];

describe('A strip of states', () => {
  it('has a shape for each state, and none for unknown time', () => {
    expect(stripPaths(runs, { from: 0, to: 100, width: 200, height: 10 })).toEqual({
      offline: '',
      starting: 'M150.0 10v-6.0h50.0V10z',
      running: 'M50.0 10v-8.0h100.0V10z',
      // A short moment that must still be visible.
      crashed: 'M150.0 10v-10.0h2.0V10z',
    });
  });

  it('keeps a state that just began within its width', () => {
    const last: StateRun[] = [{ from: 99.99, to: 100, state: 'crashed' }];
    expect(stripPaths(last, { from: 0, to: 100, width: 200, height: 10 }).crashed).toBe(
      'M198.0 10v-10.0h2.0V10z',
    );
  });

  it('describes the duration of each state', () => {
    expect(stripWords(runs)).toBe(
      'Last 24 hours: running 50 %, starting or stopping 25 %, crashed 0.1 %, no data 25 %',
    );
    expect(stripWords([])).toBe('No data for the last 24 hours.');
    expect(stripWords([{ from: 0, to: 1, state: 'unknown' }])).toBe(stripWords([]));
  });
});

describe('Shares', () => {
  it.each([
    [1, '100 %'],
    [0.99999, '99.9 %'],
    [0.9925, '99.2 %'],
    [0.5, '50 %'],
    [0.00001, '0.1 %'],
    [0, '0 %'],
  ])('%d', (share, text) => {
    expect(shareText(share)).toBe(text);
  });
});

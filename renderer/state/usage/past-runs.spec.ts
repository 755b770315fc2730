import { describe, expect, it } from 'vitest';
import type { StateRun } from '../../../bridge/schema/history.js';
import { clipped, uptimeOf, uptimesOf } from './past-runs.js';

const runs: StateRun[] = [
  { from: 0, to: 10, state: 'unknown' },
  { from: 10, to: 40, state: 'running' },
  { from: 40, to: 50, state: 'crashed' },
  { from: 50, to: 60, state: 'starting' },
];

describe('Runs of states', () => {
  it('are cut to the given time', () => {
    expect(clipped(runs, 5, 20)).toEqual([
      { from: 5, to: 10, state: 'unknown' },
      { from: 10, to: 20, state: 'running' },
    ]);
  });

  it.each([
    [0, 60, { seenMs: 50, runningMs: 30 }],
    [30, 60, { seenMs: 30, runningMs: 10 }],
    [0, 10, { seenMs: 0, runningMs: 0 }],
  ])('count known time only, from %i to %i', (from, to, uptime) => {
    expect(uptimeOf(runs, from, to)).toEqual(uptime);
  });

  it.each([
    [60, [20, 40, 60, 80], [20, 40, 60]],
    [60, [60, 80], [60]],
    [10, [10, 20], [10]],
  ])('until %i: of the spans %j, those that hold more than a shorter span', (at, spans, told) => {
    const found = uptimesOf(
      runs,
      at,
      spans.map((ms) => ({ ms })),
    );
    expect(found.map(({ ms }) => ms)).toEqual(told);
  });
});

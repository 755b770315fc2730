import { describe, expect, it } from 'vitest';
import { anEvent } from '../../../../tests/support/history-events.js';
import { grouped, type ChartEvent } from './event-groups.js';

const span = { from: 0, until: 100 };
const at = (...times: number[]): ChartEvent[] =>
  times.map((time) => ({ at: time, isTrouble: false, event: anEvent({ at: time }) }));

describe('grouped', () => {
  it('merges marks that would touch', () => {
    const groups = grouped(at(-1, 10, 14, 30, 101), span, 0.05);
    expect(groups.map(({ share, at: first, events }) => [share, first, events.length])).toEqual([
      [0.1, 10, 2],
      [0.3, 30, 1],
    ]);
  });

  it('groups marks by their distance from the first, so that a long row is not one mark', () => {
    expect(grouped(at(10, 14, 18, 22), span, 0.05).map(({ events }) => events.length)).toEqual([2, 2]);
  });
});

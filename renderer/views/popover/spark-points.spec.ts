import { expect, it } from 'vitest';
import { sparkPoints, sparkSpan } from './spark-points.js';

const minute = 60_000;
const past = (at: number, afterGap = false) => ({ at, cpuPercent: 5, afterGap });

it('the points continue with the samples of this window', () => {
  const live = [10, 20, 30].map((at) => ({ at, cpuPercent: at }));
  expect(sparkPoints([past(5), past(20, true)], live)).toEqual([
    { at: 5, value: 5, afterGap: false },
    { at: 20, value: 5, afterGap: true },
    { at: 30, value: 30 },
  ]);
  expect(sparkPoints([], live)).toHaveLength(3);
});

it('the sparkline shows five minutes to an hour, as long as the known time', () => {
  const span = (ms: number): number => sparkSpan(sparkPoints([past(0), past(ms)], []));
  expect([minute, 20 * minute, 70 * minute].map(span)).toEqual([5 * minute, 20 * minute, 60 * minute]);
  expect(sparkSpan([])).toBe(5 * minute);
});

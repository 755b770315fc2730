import { expect, test } from 'vitest';
import { WINGS_112 } from './limits.js';
import { Throttle } from './throttle.js';

function throttle(limits = WINGS_112.limits) {
  const clock = { now: 1000 };
  const made = new Throttle(limits, () => clock.now);
  const times = (count: number, judge: () => string) => Array.from({ length: count }, judge).join(' ');
  return { clock, made, times };
}

test('a connection may send 10 frames at once, and one more each 200 ms', () => {
  const { clock, made, times } = throttle();
  expect(times(10, () => made.frame())).toBe('pass '.repeat(10).trim());
  expect(times(3, () => made.frame())).toBe('notice discard discard');
  clock.now += 199;
  expect(made.frame()).toBe('discard');
  clock.now += 1;
  expect(times(2, () => made.frame())).toBe('pass notice');
  clock.now += 60_000;
  expect(times(11, () => made.frame())).toBe(`${'pass '.repeat(10)}notice`);
});

test.each([
  ['auth', 2, 5000],
  ['send logs', 2, 5000],
  ['send command', 10, 1000],
  ['set state', 4, 1000],
])('%s: %i at once, then one each %i ms', (event, size, everyMs) => {
  const { clock, made, times } = throttle();
  expect(times(size + 2, () => made.event(event))).toBe(`${'pass '.repeat(size)}notice discard`);
  clock.now += everyMs - 1;
  expect(made.event(event)).toBe('discard');
  clock.now += 1;
  expect(made.event(event)).toBe('pass');
});

test('other events share a bucket, each with its own notice', () => {
  const { made, times } = throttle();
  expect(times(2, () => made.event('set state'))).toBe('pass pass');
  expect(times(2, () => made.event('send stats'))).toBe('pass pass');
  expect(times(2, () => made.event('set state'))).toBe('notice discard');
  expect(times(2, () => made.event('constructor'))).toBe('notice discard');
  expect(made.event('send command')).toBe('pass');
});

test('older nodes have no limits', () => {
  const { made, times } = throttle(null);
  expect(times(3, () => made.frame())).toBe('pass pass pass');
  expect(times(20, () => made.event('auth'))).toBe('pass '.repeat(20).trim());
});

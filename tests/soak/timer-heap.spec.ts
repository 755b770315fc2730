import { expect, it } from 'vitest';
import { Dice } from './dice.js';
import { TimerHeap } from './timer-heap.js';

it('timers come by their time, and those of the same time in their order', () => {
  const heap = new TimerHeap();
  const dice = new Dice(1);
  const ran: [number, number][] = [];
  const times = Array.from({ length: 500 }, () => dice.between(0, 50));
  const cancels = times.map((at, index) => heap.add(at, () => void ran.push([at, index])));
  for (const [index, cancel] of cancels.entries()) if (index % 3 === 0) cancel();
  cancels[0]?.();
  expect(heap.pending).toBe(333);
  while (heap.nextAt < Infinity) heap.take()?.();
  const left = times.map((at, index): [number, number] => [at, index]).filter(([, index]) => index % 3 !== 0);
  expect(ran).toEqual(left.sort(([a, i], [b, j]) => a - b || i - j));
  expect(heap.pending).toBe(0);
  expect(heap.take()).toBeNull();
});

it('the end of a timer that has run is ignored', () => {
  const heap = new TimerHeap();
  const cancel = heap.add(1, () => undefined);
  heap.take();
  heap.add(2, () => undefined);
  cancel();
  expect(heap.pending).toBe(1);
});

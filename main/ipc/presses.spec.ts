import { expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { Presses } from './presses.js';

function setUp() {
  const clock = new FakeClock();
  return { clock, presses: new Presses(clock) };
}

it('a press allows one target for half a minute', async () => {
  const { clock, presses } = setUp();
  expect(presses.pays(1, 'server:a')).toBe(false);
  presses.seen(1);
  expect(presses.pays(1, 'server:a')).toBe(true);
  expect(presses.pays(1, 'server:a')).toBe(true);
  expect(presses.pays(1, 'server:b')).toBe(false);
  await clock.advance(29_999);
  expect(presses.pays(1, 'server:a')).toBe(true);
  await clock.advance(1);
  expect(presses.pays(1, 'server:a')).toBe(false);
});

it('a press belongs to its window and expires', async () => {
  const { clock, presses } = setUp();
  presses.seen(1);
  expect([presses.pays(2, 'server:a'), presses.isRecent(2)]).toEqual([false, false]);
  await clock.advance(5_000);
  expect(presses.isRecent(1)).toBe(true);
  await clock.advance(1);
  expect([presses.pays(1, 'server:a'), presses.isRecent(1)]).toEqual([false, false]);
});

it('a page gets no presses of the page before it', () => {
  const { presses } = setUp();
  presses.seen(1);
  presses.pays(1, 'server:a');
  presses.seen(1);
  presses.left(1);
  expect(presses.pays(1, 'server:a')).toBe(false);
  presses.grant(1, 'server:a');
  expect(presses.pays(1, 'server:a')).toBe(false);
});

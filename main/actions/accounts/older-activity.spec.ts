import { expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { untilSpare } from './older-activity.js';

/** How long the wait for a page takes, in ms. */
async function waited(restMs: number | null, page: number): Promise<number> {
  const clock = new FakeClock();
  const began = clock.now();
  let ended: number | null = null;
  const panel = { restUntil: () => (restMs === null ? null : began + restMs) };
  void untilSpare(clock, panel, page).then(() => (ended = clock.now()));
  for (let second = 0; ended === null && second < 120; second += 1) await clock.advance(1000);
  return (ended ?? Infinity) - began;
}

it('an older page waits for calls to spare, at most a minute; the first page never does', async () => {
  expect(await waited(20_000, 1)).toBeLessThanOrEqual(1000);
  expect(await waited(null, 5)).toBeLessThanOrEqual(1000);
  expect(await waited(20_000, 5)).toBe(20_000);
  expect(await waited(-5, 5)).toBeLessThanOrEqual(1000);
  expect(await waited(600_000, 5)).toBe(60_000);
});

import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { SlowPauses } from './slow-pauses.js';

/** All pauses during a fault of this length, each waited out. */
async function pauses(forMs: number, random: number): Promise<number[]> {
  const clock = new FakeClock(0);
  const slow = new SlowPauses(clock, () => random);
  const all: number[] = [];
  while (clock.now() < forMs) {
    const pause = slow.next();
    all.push(pause);
    await clock.advance(pause);
  }
  return all;
}

describe('SlowPauses', () => {
  it.each([0, 0.999])(
    'waits more than a minute, and less than two within the first half hour (%s)',
    async (random) => {
      const all = await pauses(29 * 60_000, random);
      expect(Math.min(...all)).toBeGreaterThanOrEqual(60_000);
      expect(Math.max(...all)).toBeLessThanOrEqual(110_000);
      expect(all.at(-1)).toBeGreaterThanOrEqual(100_000);
    },
  );

  it('grows to five minutes in a lasting fault', async () => {
    const all = await pauses(4 * 3_600_000, 0.5);
    expect(all.at(-1)).toBe(315_000);
    expect([...all].sort((a, b) => a - b)).toEqual(all);
  });

  it('begins again after a reset', async () => {
    const clock = new FakeClock(0);
    const slow = new SlowPauses(clock, () => 0);
    for (let each = 0; each < 50; each++) await clock.advance(slow.next());
    expect([slow.next(), slow.failures]).toEqual([300_000, 51]);
    slow.reset();
    expect([slow.next(), slow.failures]).toEqual([60_000, 1]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { LastingTimer } from './lasting-timer.js';

describe('a hold', () => {
  let clock = new FakeClock();
  let hold = new LastingTimer(clock);
  let lasted = 0;

  beforeEach(() => {
    clock = new FakeClock();
    hold = new LastingTimer(clock);
    lasted = 0;
  });

  it.each([
    [5000, 5000],
    [5001, 10_000],
    [9999, 10_000],
  ])('of %d ms lasts %d ms: whole steps, and never less than requested', async (ms, whole) => {
    hold.set(ms, () => (lasted += 1));
    await clock.advance(whole - 1);
    expect(lasted).toBe(0);
    expect(hold.isSet).toBe(true);
    await clock.advance(1);
    expect(lasted).toBe(1);
    expect(hold.isSet).toBe(false);
  });

  it('of 0 ms ends at once', () => {
    hold.set(0, () => (lasted += 1));
    expect(lasted).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('counts a sleep as one step', async () => {
    hold.set(15_000, () => (lasted += 1));
    clock.sleep(8 * 3_600_000);
    await clock.advance(0);
    await clock.advance(9999);
    expect(lasted).toBe(0);
    await clock.advance(1);
    expect(lasted).toBe(1);
  });

  it('starts again if set again, and ends if cleared', async () => {
    hold.set(10_000, () => (lasted += 1));
    await clock.advance(9000);
    hold.set(10_000, () => (lasted += 10));
    await clock.advance(9000);
    expect(lasted).toBe(0);
    await clock.advance(1000);
    expect(lasted).toBe(10);
    hold.set(10_000, () => (lasted += 1));
    hold.clear();
    await clock.advance(60_000);
    expect(lasted).toBe(10);
  });
});

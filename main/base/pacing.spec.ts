import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import type { Clock } from './ports.js';
import { backOff, jittered } from './back-off.js';
import { Paced } from './paced.js';

describe('backOff', () => {
  it.each([
    [1, 0, 2000],
    [2, 0, 4000],
    [3, 0.5, 6000],
    [20, 0, 300_000],
    [2000, 0, 300_000],
    [2000, 0.999, 150_150],
  ])('waits after %s failures with chance %s', (failures, chance, ms) => {
    expect(backOff(failures, () => chance)).toBe(ms);
  });

  it('moves a time by a tenth at most', () => {
    expect([0, 0.5, 1].map((chance) => jittered(60_000, () => chance))).toEqual([54_000, 60_000, 66_000]);
  });
});

describe('Paced', () => {
  it('passes the first on at once and of the rest the newest, in time', async () => {
    const clock = new FakeClock(0);
    const passed: string[] = [];
    const paced = new Paced<number>(clock, 250, (value) => passed.push(`${clock.now()} ${value}`));
    for (let value = 0; value < 10; value++) {
      paced.push(value);
      await clock.advance(100);
    }
    await clock.advance(1000);
    expect(passed).toEqual(['0 0', '250 2', '500 4', '750 7', '1000 9']);
  });

  it('does not wait for the old time where the clock is set back', async () => {
    const clock = new FakeClock(3_600_000);
    let offset = 0;
    const set: Clock = { now: () => clock.now() + offset, after: (ms, run) => clock.after(ms, run) };
    const passed: number[] = [];
    const paced = new Paced<number>(set, 250, (value) => passed.push(value));
    paced.push(1);
    offset = -1_800_000;
    paced.push(2);
    await clock.advance(250);
    expect(passed).toEqual([1, 2]);
  });

  it('forgets what is dropped', async () => {
    const clock = new FakeClock(0);
    const passed: number[] = [];
    const paced = new Paced<number>(clock, 250, (value) => passed.push(value));
    paced.push(1);
    paced.push(2);
    paced.drop();
    await clock.advance(1000);
    expect(passed).toEqual([1]);
  });
});

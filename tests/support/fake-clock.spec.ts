import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.js';

describe('the clock of the tests', () => {
  it('ends with an error where timers set one another without end', async () => {
    const clock = new FakeClock();
    const again = (): void => void clock.after(0, again);
    again();
    await expect(clock.advance(1000)).rejects.toThrow('More than 20000 timers ran within 1000 ms.');
  });

  it('runs as many timers as fall due', async () => {
    const clock = new FakeClock();
    let ran = 0;
    const again = (): void => {
      ran++;
      clock.after(1, again);
    };
    clock.after(1, again);
    await clock.advance(20_000);
    expect(ran).toBe(20_000);
    await clock.advance(5);
    expect(ran).toBe(20_005);
  });
});

import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.js';

describe('the clock of the tests', () => {
  it('ends with an error if timers set each other endlessly', async () => {
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

  it('runs overdue timers after a sleep, and time never goes back', async () => {
    const clock = new FakeClock(0);
    const ran: string[] = [];
    for (const ms of [1000, 3000, 70_000]) clock.after(ms, () => ran.push(`${ms} at ${clock.now()}`));
    clock.sleep(60_000);
    expect(ran).toEqual([]);
    await clock.advance(10_000);
    expect(ran).toEqual(['1000 at 60000', '3000 at 60000', '70000 at 70000']);
  });

  it('keeps wall-clock time apart: setting it runs no timer', async () => {
    const clock = new FakeClock(1000);
    let ran = 0;
    clock.after(5000, () => (ran += 1));
    clock.jump(7_200_000);
    await clock.advance(4000);
    expect([clock.now(), clock.wall(), ran]).toEqual([5000, 7_205_000, 0]);
    clock.setWall(1);
    clock.sleep(1000);
    expect([clock.now(), clock.wall()]).toEqual([6000, 1001]);
  });
});

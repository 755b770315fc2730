import { expect, it } from 'vitest';
import { SoakTime } from './soak-time.js';

it.each([true, false])(
  'timers that fell due during sleep run at once, counted (%s) or not',
  async (countsSleep) => {
    const time = new SoakTime(countsSleep);
    const ran: string[] = [];
    time.clock.after(2000, () => void ran.push(`perch ${time.now}`));
    time.after(3000, () => void ran.push(`world ${time.now}`));
    await time.runUntil(1000);
    time.sleep(4000);
    // Reads the clock, as the first code after a sleep does.
    time.clock.now();
    expect(ran).toEqual(['world 3000']);
    await time.runUntil(10_000);
    expect(ran).toEqual(['world 3000', 'perch 5000']);
    expect(time.pending).toBe(0);
  },
);

it('setting the clock moves no timer', async () => {
  const time = new SoakTime(false);
  const before = time.wall;
  let ran = false;
  time.clock.after(1000, () => (ran = true));
  time.setClock(-7_200_000);
  expect(time.wall).toBe(before - 7_200_000);
  await time.runUntil(999);
  expect(ran).toBe(false);
  await time.runUntil(1000);
  expect(ran).toBe(true);
});

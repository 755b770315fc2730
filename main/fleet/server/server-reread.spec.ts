import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/fake-clock.js';
import { ServerReread } from './server-reread.js';

function aReread() {
  const clock = new FakeClock();
  let reads = 0;
  let answer: () => void = () => undefined;
  const reread = new ServerReread({
    clock,
    read: () => {
      reads += 1;
      return new Promise((resolve) => (answer = resolve));
    },
    isPassing: () => true,
  });
  return { clock, reread, reads: () => reads, answer: () => answer() };
}

describe('ServerReread', () => {
  it('reads once more while the change is under way', async () => {
    const { clock, reread, reads, answer } = aReread();
    reread.now();
    answer();
    await clock.advance(5000);
    expect(reads()).toBe(2);
    expect(clock.pending).toBe(0);
  });

  it('reads no more when it is stopped while the panel is asked', async () => {
    const { clock, reread, reads, answer } = aReread();
    reread.now();
    reread.stop();
    answer();
    await settle();
    expect(clock.pending).toBe(0);
    await clock.advance(10_000);
    expect(reads()).toBe(1);
  });

  it('reads no more when something tells of a change after it was stopped', () => {
    const { clock, reread } = aReread();
    reread.stop();
    reread.soon();
    expect(clock.pending).toBe(0);
  });
});

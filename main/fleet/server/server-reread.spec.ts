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
  it('reads once more while the change is in progress', async () => {
    const { clock, reread, reads, answer } = aReread();
    reread.now();
    answer();
    await clock.advance(5000);
    expect(reads()).toBe(2);
    expect(clock.pending).toBe(0);
  });

  it('reads no more if stopped during a request', async () => {
    const { clock, reread, reads, answer } = aReread();
    reread.now();
    reread.stop();
    answer();
    await settle();
    expect(clock.pending).toBe(0);
    await clock.advance(10_000);
    expect(reads()).toBe(1);
  });

  it('ignores signs of a change after the stop', () => {
    const { clock, reread } = aReread();
    reread.stop();
    reread.soon();
    expect(clock.pending).toBe(0);
  });
});

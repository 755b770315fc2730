import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { SpareHeap } from './spare-heap.js';

describe('the heap of main', () => {
  it('is collected after the start and after the last window, and not once more after a stop', async () => {
    const clock = new FakeClock();
    let collected = 0;
    const heap = new SpareHeap({ clock, collect: () => collected++ });
    heap.rest();
    await clock.advance(2999);
    expect(collected).toBe(0);
    await clock.advance(1);
    expect(collected).toBe(1);
    // A window that closes between two collections restarts the pauses.
    heap.rest();
    await clock.advance(3000);
    expect(collected).toBe(2);
    await clock.advance(120_000);
    expect(collected).toBe(3);
    heap.rest();
    heap.stop();
    await clock.advance(120_000);
    expect([collected, clock.pending]).toEqual([3, 0]);
  });
});

import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { heapGrowth } from '../../tests/support/heap.js';
import { ConsoleIntake } from './console-intake.js';

/** Line of the maximum length of a node, in its own memory. */
function longLine(fill: number): string {
  return Buffer.alloc(65_536, fill % 128).toString('latin1');
}

describe('ConsoleIntake', () => {
  it('remembers little of long lines', () => {
    const intake = new ConsoleIntake(new FakeClock(), () => undefined);
    const grown = heapGrowth(() => {
      for (let count = 0; count < 350; count++) intake.add('server', longLine(count));
    });
    intake.release();
    expect(grown).toBeLessThan(5_000_000);
  });

  it('holds back no more than 2,000,000 characters while history arrives', () => {
    let emitted = 0;
    const intake = new ConsoleIntake(new FakeClock(), (lines) => (emitted += lines.length));
    intake.expectHistory();
    for (let count = 0; count < 30; count++) intake.add('server', longLine(count));
    expect(emitted).toBe(0);
    intake.add('server', longLine(30));
    expect(emitted).toBe(31);
  });
});

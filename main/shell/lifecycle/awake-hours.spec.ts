import { describe, expect, it } from 'vitest';
import type { Log } from '../../base/ports.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { AwakeHours, withAwake } from './awake-hours.js';

const minute = 60_000;
const hour = 60 * minute;
/** Local time, whatever the zone of this computer. */
const at = (day: number, hours: number, minutes = 0) => new Date(2026, 10, day, hours, minutes).getTime();
const log = { warn: () => undefined } as unknown as Log;

function memoryOf(awakeHours: number[] = []) {
  const memory = {
    current: { awakeHours },
    writes: 0,
    update: (change: () => { awakeHours: number[] }) => {
      memory.writes += 1;
      memory.current = change();
      return Promise.resolve();
    },
  };
  return memory;
}
function clockAt(wall: number): FakeClock {
  return new FakeClock(wall);
}

describe('the hours in which Perch runs', () => {
  it('are noted once in each hour of each day', async () => {
    const clock = clockAt(at(30, 3, 58));
    const memory = memoryOf();
    const hours = new AwakeHours({ clock, memory, log });
    hours.start();
    await clock.advance(4 * minute);
    expect(memory.writes).toBe(0);
    await clock.advance(2 * hour);
    expect(memory.writes).toBe(2);
    const { awakeHours } = memory.current;
    expect(awakeHours.map((one, index) => (one > 0 ? index : -1)).filter((index) => index >= 0)).toEqual([
      4, 5,
    ]);
    expect(awakeHours[4]).toBe(at(30, 4, 3));
    await clock.advance(24 * hour);
    expect(memory.writes).toBe(2 + 24);
    hours.stop();
    await clock.advance(24 * hour);
    expect([memory.writes, clock.pending]).toEqual([26, 0]);
  });

  it('leave out a sleep', async () => {
    const clock = clockAt(at(30, 1));
    const memory = memoryOf();
    new AwakeHours({ clock, memory, log }).start();
    await clock.advance(30 * minute);
    clock.sleep(5 * hour);
    await clock.advance(10 * minute);
    const { awakeHours } = memory.current;
    expect([1, 2, 3, 4, 5, 6].map((index) => (awakeHours[index] ?? 0) > 0)).toEqual([
      true,
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('come right again after somebody set the clock back', () => {
    const later = withAwake([], at(30, 4));
    const back = withAwake(later, at(28, 4));
    expect(back[4]).toBe(at(28, 4));
    expect(withAwake(back, at(28, 4, 55))).toBe(back);
  });
});

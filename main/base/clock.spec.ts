import { describe, expect, it } from 'vitest';
import { MonotonicClock, type TimeSources } from './clock.js';

const hour = 3_600_000;
const start = 1_700_000_000_000;

/** Computer with a fake clock: time passes awake or asleep, and the wall clock can be set. */
function computer({ countsSleep = false } = {}) {
  let awake = 5000;
  let slept = 0;
  let wall = start;
  let looks = 0;
  const timers = new Set<{ at: number; run: () => void }>();
  const sources: TimeSources = {
    wall: () => wall,
    counter: () => awake + (countsSleep ? slept : 0),
    sinceBoot: countsSleep
      ? null
      : () => {
          looks += 1;
          return 90_000 + awake + slept;
        },
    timer(ms, run) {
      const timer = { at: awake + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
  const clock = new MonotonicClock(sources);
  /** Timers stand still during sleep. */
  const pass = (ms: number): void => {
    awake += ms;
    wall += ms;
    for (const timer of [...timers].sort((a, b) => a.at - b.at)) {
      if (timer.at > awake || !timers.delete(timer)) continue;
      timer.run();
    }
  };
  return {
    clock,
    pass,
    timers,
    looks: () => looks,
    sleep(ms: number) {
      slept += ms;
      wall += ms;
    },
    setWall: (by: number) => void (wall += by),
  };
}

describe('MonotonicClock', () => {
  it('begins with the time of the system and counts on', () => {
    const { clock, pass } = computer();
    expect(clock.now()).toBe(start);
    pass(1234.75);
    expect(clock.now()).toBe(start + 1234);
  });

  it.each([2 * hour, -2 * hour, 365 * 24 * hour])(
    'continues at its pace when the clock is set by %d ms',
    (by) => {
      const { clock, pass, setWall } = computer();
      pass(1000);
      setWall(by);
      expect(clock.now()).toBe(start + 1000);
      expect(clock.wall()).toBe(start + 1000 + by);
      pass(60_000);
      expect(clock.now()).toBe(start + 61_000);
    },
  );

  it.each([
    [60_000, false],
    [8 * hour, false],
    [8 * hour, true],
  ])(
    'includes a sleep of %d ms at the next reading (a counter that includes sleep: %s)',
    (ms, countsSleep) => {
      const { clock, pass, sleep } = computer({ countsSleep });
      pass(10_000);
      clock.now();
      sleep(ms);
      expect(clock.now()).toBe(start + 10_000 + ms);
      pass(500);
      expect(clock.now()).toBe(start + 10_500 + ms);
    },
  );

  it('notices within a second a sleep that the clock of the system does not show', () => {
    const { clock, pass, sleep, setWall } = computer();
    clock.now();
    sleep(hour);
    setWall(-hour);
    pass(1000);
    expect(clock.now()).toBe(start + hour + 1000);
  });

  it('ignores a difference too small to be sleep, until it grows', () => {
    const { clock, pass, sleep } = computer();
    sleep(1500);
    pass(5000);
    expect(clock.now()).toBe(start + 5000);
    sleep(1500);
    pass(5000);
    expect(clock.now()).toBe(start + 13_000);
  });

  it('does not read a file at each reading', () => {
    const { clock, pass, looks } = computer();
    const before = looks();
    for (let ms = 0; ms < 10_000; ms += 1) {
      pass(1);
      clock.now();
    }
    expect(looks() - before).toBe(10);
  });

  it('runs timers of the sleep afterwards in order, and later ones when they are due', () => {
    const { clock, pass, sleep } = computer();
    const ran: string[] = [];
    clock.after(50_000, () => ran.push('late'));
    clock.after(20_000, () => ran.push('early'));
    clock.after(90_000, () => ran.push('after'));
    pass(10_000);
    sleep(60_000);
    clock.now();
    pass(0);
    expect(ran).toEqual(['early', 'late']);
    pass(19_999);
    expect(ran).toEqual(['early', 'late']);
    pass(1);
    expect(ran).toEqual(['early', 'late', 'after']);
  });

  it('runs no cancelled timer, before or after a sleep', () => {
    const { clock, pass, sleep, timers } = computer();
    const ran: string[] = [];
    const first = clock.after(20_000, () => ran.push('first'));
    const second = clock.after(20_000, () => ran.push('second'));
    first();
    sleep(hour);
    clock.now();
    second();
    pass(hour);
    expect(ran).toEqual([]);
    expect(timers.size).toBe(0);
  });

  it('runs each timer once', () => {
    const { clock, pass, sleep } = computer();
    let ran = 0;
    clock.after(1000, () => (ran += 1));
    pass(1000);
    sleep(hour);
    clock.now();
    pass(hour);
    expect(ran).toBe(1);
  });
});

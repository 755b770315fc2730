import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { Throttle } from './throttle.js';

function setUp() {
  const pace = { everyMs: 1500 };
  const clock = new FakeClock();
  const applied: { label: string }[] = [];
  const throttle = new Throttle<{ label: string }>({
    clock,
    everyMs: () => pace.everyMs,
    pass: (value) => void applied.push(value),
    isSame: isDeepStrictEqual,
  });
  return { clock, pace, throttle, applied, labels: () => applied.map(({ label }) => label) };
}

describe('a throttle of values that are compared, at a pace that changes', () => {
  it('passes on the first value at once, and equal values never', async () => {
    const { clock, throttle, labels } = setUp();
    throttle.push({ label: 'a' });
    expect(labels()).toEqual(['a']);
    throttle.push({ label: 'a' });
    await clock.advance(10_000);
    throttle.push({ label: 'a' });
    expect(labels()).toEqual(['a']);
    expect(clock.pending).toBe(0);
  });

  it('keeps the pace and passes on the newest value', async () => {
    const { clock, throttle, labels } = setUp();
    for (const label of ['a', 'b', 'c']) throttle.push({ label });
    await clock.advance(1499);
    expect(labels()).toEqual(['a']);
    await clock.advance(1);
    expect(labels()).toEqual(['a', 'c']);
  });

  it('follows a pace that changes', async () => {
    const { clock, pace, throttle, labels } = setUp();
    throttle.push({ label: 'a' });
    pace.everyMs = 15_000;
    throttle.push({ label: 'b' });
    await clock.advance(5000);
    expect(labels()).toEqual(['a']);
    pace.everyMs = 1500;
    throttle.push({ label: 'c' });
    expect(labels()).toEqual(['a', 'c']);
  });

  it('drops a value that was taken back in time', async () => {
    const { clock, throttle, labels } = setUp();
    for (const label of ['a', 'b', 'a']) throttle.push({ label });
    await clock.advance(5000);
    expect(labels()).toEqual(['a']);
  });

  it('waits during a hold', async () => {
    const { clock, throttle, labels } = setUp();
    throttle.push({ label: 'a' });
    throttle.hold(true);
    throttle.push({ label: 'b' });
    await clock.advance(5000);
    expect(labels()).toEqual(['a']);
    throttle.hold(false);
    expect(labels()).toEqual(['a', 'b']);
  });

  it('leaves no timer behind', () => {
    const { clock, throttle } = setUp();
    throttle.push({ label: 'a' });
    throttle.push({ label: 'b' });
    throttle.drop();
    expect(clock.pending).toBe(0);
  });
});

describe('a throttle of values that are all news', () => {
  it('passes on the first value at once, and then the newest one in time', async () => {
    const clock = new FakeClock(0);
    const passed: string[] = [];
    const throttle = new Throttle<number>({
      clock,
      everyMs: 250,
      pass: (value) => passed.push(`${clock.now()} ${value}`),
    });
    for (let value = 0; value < 10; value++) {
      throttle.push(value);
      await clock.advance(100);
    }
    await clock.advance(1000);
    expect(passed).toEqual(['0 0', '250 2', '500 4', '750 7', '1000 9']);
  });

  it('does not wait longer after the clock is set back', async () => {
    const clock = new FakeClock(3_600_000);
    const passed: number[] = [];
    const throttle = new Throttle<number>({ clock, everyMs: 250, pass: (value) => passed.push(value) });
    throttle.push(1);
    clock.jump(-1_800_000);
    throttle.push(2);
    await clock.advance(200);
    throttle.push(3);
    await clock.advance(50);
    expect(passed).toEqual([1, 3]);
  });

  it('passes on equal values again', async () => {
    const clock = new FakeClock(0);
    const passed: number[] = [];
    const throttle = new Throttle<number>({ clock, everyMs: 250, pass: (value) => passed.push(value) });
    throttle.push(1);
    await clock.advance(250);
    throttle.push(1);
    expect(passed).toEqual([1, 1]);
  });

  it('drops a waiting value on request', async () => {
    const clock = new FakeClock(0);
    const passed: number[] = [];
    const throttle = new Throttle<number>({ clock, everyMs: 250, pass: (value) => passed.push(value) });
    throttle.push(1);
    throttle.push(2);
    throttle.drop();
    await clock.advance(1000);
    expect(passed).toEqual([1]);
  });
});

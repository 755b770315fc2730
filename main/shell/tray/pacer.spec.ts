import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { Pacer } from './pacer.js';

function setUp() {
  const pace = { everyMs: 1500 };
  const clock = new FakeClock();
  const applied: { label: string }[] = [];
  const pacer = new Pacer<{ label: string }>(
    clock,
    () => pace.everyMs,
    (value) => void applied.push(value),
  );
  return { clock, pace, pacer, applied, labels: () => applied.map(({ label }) => label) };
}

describe('Pacer', () => {
  it('hands on the first value at once and equal ones never', async () => {
    const { clock, pacer, labels } = setUp();
    pacer.offer({ label: 'a' });
    expect(labels()).toEqual(['a']);
    pacer.offer({ label: 'a' });
    await clock.advance(10_000);
    pacer.offer({ label: 'a' });
    expect(labels()).toEqual(['a']);
    expect(clock.pending).toBe(0);
  });

  it('keeps the pace and hands on the newest', async () => {
    const { clock, pacer, labels } = setUp();
    for (const label of ['a', 'b', 'c']) pacer.offer({ label });
    await clock.advance(1499);
    expect(labels()).toEqual(['a']);
    await clock.advance(1);
    expect(labels()).toEqual(['a', 'c']);
  });

  it('follows a pace that changes', async () => {
    const { clock, pace, pacer, labels } = setUp();
    pacer.offer({ label: 'a' });
    pace.everyMs = 15_000;
    pacer.offer({ label: 'b' });
    await clock.advance(5000);
    expect(labels()).toEqual(['a']);
    pace.everyMs = 1500;
    pacer.offer({ label: 'c' });
    expect(labels()).toEqual(['a', 'c']);
  });

  it('forgets a change that was taken back in time', async () => {
    const { clock, pacer, labels } = setUp();
    for (const label of ['a', 'b', 'a']) pacer.offer({ label });
    await clock.advance(5000);
    expect(labels()).toEqual(['a']);
  });

  it('waits while it is held', async () => {
    const { clock, pacer, labels } = setUp();
    pacer.offer({ label: 'a' });
    pacer.hold(true);
    pacer.offer({ label: 'b' });
    await clock.advance(5000);
    expect(labels()).toEqual(['a']);
    pacer.hold(false);
    expect(labels()).toEqual(['a', 'b']);
  });

  it('leaves no timer behind', () => {
    const { clock, pacer } = setUp();
    pacer.offer({ label: 'a' });
    pacer.offer({ label: 'b' });
    pacer.stop();
    expect(clock.pending).toBe(0);
  });
});

import { expect, it, vi } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { WakeWatch } from './wake-watch.js';

function rig() {
  const clock = new FakeClock();
  const onWake = vi.fn();
  const watch = new WakeWatch(clock);
  watch.listen(onWake);
  watch.start();
  return { clock, onWake, watch };
}

it.each([['a minute', 60_000] as const, ['eight hours', 8 * 3_600_000] as const])(
  'a sleep of %s is noticed within five seconds, once',
  async (_name, ms) => {
    const { clock, onWake } = rig();
    await clock.advance(12_000);
    clock.sleep(ms);
    await clock.advance(5000);
    expect(onWake).toHaveBeenCalledOnce();
    await clock.advance(600_000);
    expect(onWake).toHaveBeenCalledOnce();
  },
);

it.each([2, -2, 24 * 365])('a clock set by %d h is no sleep', async (hours) => {
  const { clock, onWake } = rig();
  await clock.advance(12_000);
  clock.jump(hours * 3_600_000);
  await clock.advance(60_000);
  expect(onWake).not.toHaveBeenCalled();
});

it('a late timer is no sleep', async () => {
  const { clock, onWake } = rig();
  clock.sleep(9000);
  await clock.advance(60_000);
  expect(onWake).not.toHaveBeenCalled();
});

it('one report if the system reports the wake-up too', async () => {
  const { clock, onWake, watch } = rig();
  clock.sleep(3_600_000);
  watch.woke();
  await clock.advance(60_000);
  expect(onWake).toHaveBeenCalledOnce();
});

it('no timer is left behind', async () => {
  const { clock, watch } = rig();
  await clock.advance(20_000);
  watch.stop();
  expect(clock.pending).toBe(0);
});

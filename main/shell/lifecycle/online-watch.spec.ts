import { expect, it, vi } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { OnlineWatch } from './online-watch.js';

it('the return of the network is reported once', async () => {
  const clock = new FakeClock();
  const onOnline = vi.fn();
  let online = true;
  const watch = new OnlineWatch({ clock, isOnline: () => online, onOnline });
  watch.start();
  await clock.advance(20_000);
  expect(onOnline).not.toHaveBeenCalled();
  online = false;
  await clock.advance(20_000);
  expect(onOnline).not.toHaveBeenCalled();
  online = true;
  await clock.advance(20_000);
  expect(onOnline).toHaveBeenCalledOnce();
  watch.stop();
  expect(clock.pending).toBe(0);
});

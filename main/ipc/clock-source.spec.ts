import { expect, it, vi } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { Emitter } from '../base/emitter.js';
import { clockSource } from './clock-source.js';

it('the time is sent at the start and after each sleep, whatever the clock shows', () => {
  const clock = new FakeClock(1000);
  const wake = new Emitter<void>();
  const sink = { snapshot: vi.fn(), change: vi.fn() };
  const stop = clockSource(clock, wake)(undefined, sink, { webContentsId: 1 });
  expect(sink.snapshot).toHaveBeenCalledExactlyOnceWith(1000);
  clock.jump(7_200_000);
  clock.sleep(60_000);
  wake.emit();
  expect(sink.change).toHaveBeenCalledExactlyOnceWith(61_000);
  stop();
  expect(wake.hasListeners).toBe(false);
});

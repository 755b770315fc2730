import { expect, it, vi } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { QuietStart } from './quiet-start.js';

function rig() {
  const clock = new FakeClock();
  const quiet = new QuietStart(clock);
  const over = vi.fn();
  void quiet.over.then(over);
  return { clock, quiet, over };
}

it('the quiet start is over when the window is visible', async () => {
  const { quiet, over } = rig();
  quiet.begin();
  await Promise.resolve();
  expect(over).not.toHaveBeenCalled();
  quiet.end();
  await Promise.resolve();
  expect(over).toHaveBeenCalledOnce();
});

it('the quiet start is over after two seconds without a report from the window', async () => {
  const { clock, quiet, over } = rig();
  quiet.begin();
  await clock.advance(1999);
  await Promise.resolve();
  expect(over).not.toHaveBeenCalled();
  await clock.advance(1);
  await Promise.resolve();
  expect(over).toHaveBeenCalledOnce();
});

it('no module begins after Perch has ended', async () => {
  const { clock, quiet, over } = rig();
  quiet.begin();
  quiet.stop();
  await clock.advance(60_000);
  await Promise.resolve();
  expect(over).not.toHaveBeenCalled();
});

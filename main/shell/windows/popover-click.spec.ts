import { expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { PopoverClick } from './popover-click.js';

it('shows a popover that was never hidden', () => {
  expect(new PopoverClick(new FakeClock(0)).asksForIt()).toBe(true);
});

it('does not show it with the click that has just hidden it, and with the next one', async () => {
  const clock = new FakeClock();
  const click = new PopoverClick(clock);
  click.hidden();
  expect(click.asksForIt()).toBe(false);
  await clock.advance(299);
  expect(click.asksForIt()).toBe(false);
  await clock.advance(1);
  expect(click.asksForIt()).toBe(true);
  click.hidden();
  expect(click.asksForIt()).toBe(false);
});

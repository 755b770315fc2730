import { expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { PopoverClick } from './popover-click.js';

it('a popover shows at its first click', () => {
  expect(new PopoverClick(new FakeClock(0)).asksForIt()).toBe(true);
});

it('the click that hid the popover does not show it again, the next click does', async () => {
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

import { expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { PanelClock } from './panel-clock.js';

const answer = (date?: string) => ({ status: 200, headers: date === undefined ? {} : { date }, body: '' });

it("the offset of the panel's clock comes from the newest answer with a date", () => {
  const clock = new FakeClock();
  const told = new PanelClock(clock);
  told.hear(answer());
  told.hear(answer('noon'));
  expect(told.aheadMs).toBeNull();
  const inTwoMinutes = Math.floor(clock.wall() / 1000) * 1000 + 120_000;
  told.hear(answer(new Date(inTwoMinutes).toUTCString()));
  expect(Math.abs((told.aheadMs ?? 0) - 120_000)).toBeLessThanOrEqual(500);
  told.hear(answer());
  expect(told.aheadMs).not.toBeNull();
});

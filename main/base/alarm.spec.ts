import { expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { Alarm } from './alarm.js';

it('rings once after the time that was set last', async () => {
  const clock = new FakeClock();
  const alarm = new Alarm(clock);
  const rung: string[] = [];
  alarm.set(1000, () => rung.push('first'));
  alarm.set(2000, () => rung.push('second'));
  await clock.advance(1999);
  expect([rung, alarm.isSet]).toEqual([[], true]);
  await clock.advance(10_000);
  expect([rung, alarm.isSet]).toEqual([['second'], false]);
});

it('rings again and again until it is cleared or set, also by a ring', async () => {
  const clock = new FakeClock();
  const alarm = new Alarm(clock);
  let rung = 0;
  alarm.every(1000, () => {
    rung += 1;
    if (rung === 3) alarm.clear();
  });
  await clock.advance(2000);
  expect([rung, alarm.isSet]).toEqual([2, true]);
  await clock.advance(10_000);
  expect([rung, alarm.isSet]).toEqual([3, false]);
  alarm.every(1000, () => (rung += 1));
  alarm.set(5000, () => (rung += 10));
  await clock.advance(10_000);
  expect(rung).toBe(13);
});

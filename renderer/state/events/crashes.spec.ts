import { expect, it } from 'vitest';
import { anEvent } from '../../../tests/support/history-events.js';
import { crashesToday, crashTimes } from './crashes.js';

it('the crashes of a server since midnight are counted', () => {
  const midnight = new Date(2026, 10, 25).getTime();
  const noon = new Date(2026, 10, 25, 12).getTime();
  const times = crashTimes([
    anEvent({ at: noon - 1 }),
    anEvent({ at: noon - 2, what: { kind: 'went-offline', from: noon - 5 } }),
    anEvent({ at: midnight }),
    anEvent({ at: midnight - 1 }),
    anEvent({ at: noon, serverId: 'home/2' }),
    anEvent({ at: noon, serverId: null }),
  ]);
  expect(crashesToday(times, 'home/1', noon)).toBe(2);
  expect(crashesToday(times, 'home/2', noon)).toBe(1);
  expect(crashesToday(times, 'home/3', noon)).toBe(0);
});

import { expect, it } from 'vitest';
import '../tests/support/every-area.js';
import { moment } from './moment.js';

const now = new Date(2026, 10, 30, 14, 0).getTime();
const at = (...parts: [number, number, number, number?, number?, number?, number?]): number =>
  new Date(...parts).getTime();

it.each([
  ['30m', now - 1_800_000],
  ['24h', now - 86_400_000],
  ['7d', now - 7 * 86_400_000],
  ['2026-11-30', at(2026, 10, 30)],
  ['2026-11-30 09:05', at(2026, 10, 30, 9, 5)],
  ['2026-11-30T09:05:07', at(2026, 10, 30, 9, 5, 7)],
])('%s is a time', (text, expected) => {
  expect(moment(text, now)).toBe(expected);
});

it('a date alone ends with its day, a time does not', () => {
  expect(moment('2026-11-30', now, { isEnd: true })).toBe(at(2026, 11, 1) - 1);
  expect(moment('2026-11-30 09:05', now, { isEnd: true })).toBe(at(2026, 10, 30, 9, 5));
});

it('no option is no time', () => {
  expect(moment(undefined, now)).toBeNull();
});

it.each([
  '',
  'yesterday',
  '7',
  '7w',
  '-7d',
  '2026-02-30',
  '2026-13-01',
  '2026-11-30 24:00',
  '2026-11-30 10:61',
])('refuses “%s”', (text) => {
  expect(() => moment(text, now)).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ cause: 'usage' }) }),
  );
});
